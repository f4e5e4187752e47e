"""The mixing product: one row of K times the shares of its neighbours, for many lanes at once.

This is where a simulation spends its memory traffic, so it is written with the processor's vectors in hand: the sums of
64 (or, at the end, 16) lanes stay in registers while the row's neighbours stream past. Sums run over the neighbours in
the order of the row, multiplying and adding apart, so the result has the bits of the plain loop

    for k in range(begin, end):
        out[lane] += weight[k] * share[indices[k], lane]        # float32

on any machine and for any grouping of lanes.
"""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]  # ships no types
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from simulation.kernels.compiled import inlined, kernel

VECTOR = 16
WIDE = 4
# How many rows before its turn along the curve a row of shares is called for: far enough for memory to answer, near
# enough to be still in the second-level cache. Between 500 and 2,000 it makes no difference.
AHEAD = 1000
WORD, SINGLE = ir.IntType(64), ir.FloatType()
PACK = ir.VectorType(SINGLE, VECTOR)


def _emit(context: Any, builder: Any, signature: Any, args: Any, packs: int) -> Any:
    arrays = [
        context.make_array(kind)(context, builder, arg)
        for kind, arg in zip(signature.args, args, strict=False)
        if isinstance(kind, types.Array)
    ]
    indices, weight, share, out = arrays
    begin, end, lane = args[4:]
    lanes = cgutils.unpack_tuple(builder, share.shape)[1]  # type: ignore[no-untyped-call]

    def place(data: Any, index: Any, pack: int) -> Any:
        at = builder.gep(data, [builder.add(index, ir.Constant(WORD, pack * VECTOR))])
        return builder.bitcast(at, PACK.as_pointer())

    def spread(value: Any) -> Any:
        nothing = ir.Constant(PACK, ir.Undefined)
        one = builder.insert_element(nothing, value, ir.Constant(ir.IntType(32), 0))
        return builder.shuffle_vector(one, nothing, ir.Constant(ir.VectorType(ir.IntType(32), VECTOR), [0] * VECTOR))

    before = builder.block
    head, body, after = (builder.append_basic_block(name) for name in ("neighbours", "neighbour", "summed"))
    builder.branch(head)
    builder.position_at_end(head)
    k = builder.phi(WORD)
    sums = [builder.phi(PACK) for _ in range(packs)]
    builder.cbranch(builder.icmp_signed("<", k, end), body, after)

    builder.position_at_end(body)
    neighbour = builder.sext(builder.load(builder.gep(indices.data, [k])), WORD)
    factor = spread(builder.load(builder.gep(weight.data, [k])))
    row = builder.add(builder.mul(neighbour, lanes), lane)
    grown = [
        builder.fadd(total, builder.fmul(factor, builder.load(place(share.data, row, pack), align=4)))
        for pack, total in enumerate(sums)
    ]
    following = builder.add(k, ir.Constant(WORD, 1))
    builder.branch(head)

    k.add_incoming(begin, before)
    k.add_incoming(following, body)
    for total, more in zip(sums, grown, strict=True):
        total.add_incoming(ir.Constant(PACK, [0.0] * VECTOR), before)
        total.add_incoming(more, body)
    builder.position_at_end(after)
    for pack, total in enumerate(sums):
        builder.store(total, place(out.data, lane, pack), align=4)
    return context.get_dummy_value()


def _summing(packs: int) -> Any:
    def typed(typing, indices, weight, share, out, begin, end, lane):  # type: ignore[no-untyped-def]  # noqa: ARG001
        signature = types.void(indices, weight, share, out, types.int64, types.int64, types.int64)
        return signature, lambda context, builder, sig, args: _emit(context, builder, sig, args, packs)

    return intrinsic(typed)


def _asking(typing, share, row, lane):  # type: ignore[no-untyped-def]  # noqa: ARG001
    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        rows = context.make_array(signature.args[0])(context, builder, args[0])
        lanes = cgutils.unpack_tuple(builder, rows.shape)[1]  # type: ignore[no-untyped-call]
        at = builder.gep(rows.data, [builder.add(builder.mul(args[1], lanes), args[2])])
        address, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [address, number, number, number])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", (address,), kind)
        # To read (0), into the second-level cache (2), data (1).
        builder.call(prefetch, [builder.bitcast(at, address), *(ir.Constant(number, code) for code in (0, 2, 1))])
        return context.get_dummy_value()

    return types.void(share, types.int64, types.int64), emit


_call_for: Any = intrinsic(_asking)
_sum_wide = _summing(WIDE)
_sum_one = _summing(1)


@inlined
def call_for(share, row):  # type: ignore[no-untyped-def]
    """Ask memory for a row of ``share`` (n, L) that will be needed soon; nothing where there is no such row.

    Cells are the neighbours of those near them on the curve, so that the rows of shares first met are about those
    ``AHEAD`` later. The processor cannot guess that from the scattered rows it sees asked for.
    """
    if row < share.shape[0]:
        for lane in range(0, share.shape[1], VECTOR):
            _call_for(share, row, lane)


@inlined
def row_product(indices, weight, share, begin, end, out):  # type: ignore[no-untyped-def]
    """Sum out[l] = Σ_k weight[k] · share[indices[k], l] for k in begin … end-1.

    indices int32, weight float32, share (n, L) and out (L,) float32, C-contiguous; L a multiple of ``VECTOR``.
    """
    lane = 0
    while lane + WIDE * VECTOR <= out.size:
        _sum_wide(indices, weight, share, out, begin, end, lane)
        lane += WIDE * VECTOR
    while lane < out.size:
        _sum_one(indices, weight, share, out, begin, end, lane)
        lane += VECTOR


@kernel
def product(indptr, indices, weight, share, first, last, out):  # type: ignore[no-untyped-def]
    """Rows ``first`` … ``last``-1 of ``out`` (n, L) = K · ``share`` (m, L); types as in ``row_product``."""
    for i in range(first, last):
        call_for(share, i + AHEAD)
        row_product(indices, weight, share, indptr[i], indptr[i + 1], out[i])

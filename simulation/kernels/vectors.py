"""Sums and prefetches in the processor's vectors, written for LLVM by hand: what numba's own loops do not reach.

The only instructions below numba's own in this project. Where they cannot be compiled (``usable``), ``product`` takes
plain loops with the same bits instead.
"""

# ruff: noqa: PLR0917 -- compiled kernels are called by position.
from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]  # ships no types
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

VECTOR = 16
WIDE = 4
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
        lane = builder.insert_element(nothing, value, ir.Constant(ir.IntType(32), 0))
        return builder.shuffle_vector(lane, nothing, ir.Constant(ir.VectorType(ir.IntType(32), VECTOR), [0] * VECTOR))

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


def summing(packs: int) -> Any:
    """The sum of one row for ``packs`` × VECTOR lanes, all in registers; arguments as of ``product.row_product``."""

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


prefetch: Any = intrinsic(_asking)
sum_wide = summing(WIDE)
sum_one = summing(1)


def usable() -> bool:
    """Whether these instructions can be compiled here: what llvmlite and numba take changes with their versions."""
    single = types.float32

    def tried(indices, weight, share, out):  # type: ignore[no-untyped-def]
        prefetch(share, 0, 0)
        sum_wide(indices, weight, share, out, 0, 0, 0)
        sum_one(indices, weight, share, out, 0, 0, 0)

    try:
        njit(types.void(types.int32[::1], single[::1], single[:, ::1], single[::1]), cache=True)(tried)
    except Exception:  # noqa: BLE001 -- whatever goes wrong in another's compiler, the plain loop does the same
        return False
    return True

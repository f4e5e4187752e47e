(() => {
  // node_modules/fflate/esm/browser.js
  var u8 = Uint8Array;
  var u16 = Uint16Array;
  var i32 = Int32Array;
  var fleb = new u8([
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    1,
    1,
    1,
    1,
    2,
    2,
    2,
    2,
    3,
    3,
    3,
    3,
    4,
    4,
    4,
    4,
    5,
    5,
    5,
    5,
    0,
    /* unused */
    0,
    0,
    /* impossible */
    0
  ]);
  var fdeb = new u8([
    0,
    0,
    0,
    0,
    1,
    1,
    2,
    2,
    3,
    3,
    4,
    4,
    5,
    5,
    6,
    6,
    7,
    7,
    8,
    8,
    9,
    9,
    10,
    10,
    11,
    11,
    12,
    12,
    13,
    13,
    /* unused */
    0,
    0
  ]);
  var clim = new u8([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
  var freb = function(eb, start) {
    var b = new u16(31);
    for (var i2 = 0; i2 < 31; ++i2) {
      b[i2] = start += 1 << eb[i2 - 1];
    }
    var r = new i32(b[30]);
    for (var i2 = 1; i2 < 30; ++i2) {
      for (var j = b[i2]; j < b[i2 + 1]; ++j) {
        r[j] = j - b[i2] << 5 | i2;
      }
    }
    return { b, r };
  };
  var _a = freb(fleb, 2);
  var fl = _a.b;
  var revfl = _a.r;
  fl[28] = 258, revfl[258] = 28;
  var _b = freb(fdeb, 0);
  var fd = _b.b;
  var revfd = _b.r;
  var rev = new u16(32768);
  for (i = 0; i < 32768; ++i) {
    x = (i & 43690) >> 1 | (i & 21845) << 1;
    x = (x & 52428) >> 2 | (x & 13107) << 2;
    x = (x & 61680) >> 4 | (x & 3855) << 4;
    rev[i] = ((x & 65280) >> 8 | (x & 255) << 8) >> 1;
  }
  var x;
  var i;
  var hMap = (function(cd, mb, r) {
    var s = cd.length;
    var i2 = 0;
    var l = new u16(mb);
    for (; i2 < s; ++i2) {
      if (cd[i2])
        ++l[cd[i2] - 1];
    }
    var le = new u16(mb);
    for (i2 = 1; i2 < mb; ++i2) {
      le[i2] = le[i2 - 1] + l[i2 - 1] << 1;
    }
    var co;
    if (r) {
      co = new u16(1 << mb);
      var rvb = 15 - mb;
      for (i2 = 0; i2 < s; ++i2) {
        if (cd[i2]) {
          var sv = i2 << 4 | cd[i2];
          var r_1 = mb - cd[i2];
          var v = le[cd[i2] - 1]++ << r_1;
          for (var m = v | (1 << r_1) - 1; v <= m; ++v) {
            co[rev[v] >> rvb] = sv;
          }
        }
      }
    } else {
      co = new u16(s);
      for (i2 = 0; i2 < s; ++i2) {
        if (cd[i2]) {
          co[i2] = rev[le[cd[i2] - 1]++] >> 15 - cd[i2];
        }
      }
    }
    return co;
  });
  var flt = new u8(288);
  for (i = 0; i < 144; ++i)
    flt[i] = 8;
  var i;
  for (i = 144; i < 256; ++i)
    flt[i] = 9;
  var i;
  for (i = 256; i < 280; ++i)
    flt[i] = 7;
  var i;
  for (i = 280; i < 288; ++i)
    flt[i] = 8;
  var i;
  var fdt = new u8(32);
  for (i = 0; i < 32; ++i)
    fdt[i] = 5;
  var i;
  var flm = /* @__PURE__ */ hMap(flt, 9, 0);
  var flrm = /* @__PURE__ */ hMap(flt, 9, 1);
  var fdm = /* @__PURE__ */ hMap(fdt, 5, 0);
  var fdrm = /* @__PURE__ */ hMap(fdt, 5, 1);
  var max = function(a) {
    var m = a[0];
    for (var i2 = 1; i2 < a.length; ++i2) {
      if (a[i2] > m)
        m = a[i2];
    }
    return m;
  };
  var bits = function(d, p, m) {
    var o = p / 8 | 0;
    return (d[o] | d[o + 1] << 8) >> (p & 7) & m;
  };
  var bits16 = function(d, p) {
    var o = p / 8 | 0;
    return (d[o] | d[o + 1] << 8 | d[o + 2] << 16) >> (p & 7);
  };
  var shft = function(p) {
    return (p + 7) / 8 | 0;
  };
  var slc = function(v, s, e) {
    if (s == null || s < 0)
      s = 0;
    if (e == null || e > v.length)
      e = v.length;
    return new u8(v.subarray(s, e));
  };
  var ec = [
    "unexpected EOF",
    "invalid block type",
    "invalid length/literal",
    "invalid distance",
    "stream finished",
    "no stream handler",
    ,
    // determined by compression function
    "no callback",
    "invalid UTF-8 data",
    "extra field too long",
    "date not in range 1980-2099",
    "filename too long",
    "stream finishing",
    "invalid zip data"
    // determined by unknown compression method
  ];
  var err = function(ind, msg, nt) {
    var e = new Error(msg || ec[ind]);
    e.code = ind;
    if (Error.captureStackTrace)
      Error.captureStackTrace(e, err);
    if (!nt)
      throw e;
    return e;
  };
  var inflt = function(dat, st, buf, dict) {
    var sl = dat.length, dl = dict ? dict.length : 0;
    if (!sl || st.f && !st.l)
      return buf || new u8(0);
    var noBuf = !buf;
    var resize = noBuf || st.i != 2;
    var noSt = st.i;
    if (noBuf)
      buf = new u8(sl * 3);
    var cbuf = function(l2) {
      var bl = buf.length;
      if (l2 > bl) {
        var nbuf = new u8(Math.max(bl * 2, l2));
        nbuf.set(buf);
        buf = nbuf;
      }
    };
    var final = st.f || 0, pos = st.p || 0, bt = st.b || 0, lm = st.l, dm = st.d, lbt = st.m, dbt = st.n;
    var tbts = sl * 8;
    do {
      if (!lm) {
        final = bits(dat, pos, 1);
        var type = bits(dat, pos + 1, 3);
        pos += 3;
        if (!type) {
          var s = shft(pos) + 4, l = dat[s - 4] | dat[s - 3] << 8, t2 = s + l;
          if (t2 > sl) {
            if (noSt)
              err(0);
            break;
          }
          if (resize)
            cbuf(bt + l);
          buf.set(dat.subarray(s, t2), bt);
          st.b = bt += l, st.p = pos = t2 * 8, st.f = final;
          continue;
        } else if (type == 1)
          lm = flrm, dm = fdrm, lbt = 9, dbt = 5;
        else if (type == 2) {
          var hLit = bits(dat, pos, 31) + 257, hcLen = bits(dat, pos + 10, 15) + 4;
          var tl = hLit + bits(dat, pos + 5, 31) + 1;
          pos += 14;
          var ldt = new u8(tl);
          var clt = new u8(19);
          for (var i2 = 0; i2 < hcLen; ++i2) {
            clt[clim[i2]] = bits(dat, pos + i2 * 3, 7);
          }
          pos += hcLen * 3;
          var clb = max(clt), clbmsk = (1 << clb) - 1;
          var clm = hMap(clt, clb, 1);
          for (var i2 = 0; i2 < tl; ) {
            var r = clm[bits(dat, pos, clbmsk)];
            pos += r & 15;
            var s = r >> 4;
            if (s < 16) {
              ldt[i2++] = s;
            } else {
              var c = 0, n = 0;
              if (s == 16)
                n = 3 + bits(dat, pos, 3), pos += 2, c = ldt[i2 - 1];
              else if (s == 17)
                n = 3 + bits(dat, pos, 7), pos += 3;
              else if (s == 18)
                n = 11 + bits(dat, pos, 127), pos += 7;
              while (n--)
                ldt[i2++] = c;
            }
          }
          var lt = ldt.subarray(0, hLit), dt = ldt.subarray(hLit);
          lbt = max(lt);
          dbt = max(dt);
          lm = hMap(lt, lbt, 1);
          dm = hMap(dt, dbt, 1);
        } else
          err(1);
        if (pos > tbts) {
          if (noSt)
            err(0);
          break;
        }
      }
      if (resize)
        cbuf(bt + 131072);
      var lms = (1 << lbt) - 1, dms = (1 << dbt) - 1;
      var lpos = pos;
      for (; ; lpos = pos) {
        var c = lm[bits16(dat, pos) & lms], sym = c >> 4;
        pos += c & 15;
        if (pos > tbts) {
          if (noSt)
            err(0);
          break;
        }
        if (!c)
          err(2);
        if (sym < 256)
          buf[bt++] = sym;
        else if (sym == 256) {
          lpos = pos, lm = null;
          break;
        } else {
          var add = sym - 254;
          if (sym > 264) {
            var i2 = sym - 257, b = fleb[i2];
            add = bits(dat, pos, (1 << b) - 1) + fl[i2];
            pos += b;
          }
          var d = dm[bits16(dat, pos) & dms], dsym = d >> 4;
          if (!d)
            err(3);
          pos += d & 15;
          var dt = fd[dsym];
          if (dsym > 3) {
            var b = fdeb[dsym];
            dt += bits16(dat, pos) & (1 << b) - 1, pos += b;
          }
          if (pos > tbts) {
            if (noSt)
              err(0);
            break;
          }
          if (resize)
            cbuf(bt + 131072);
          var end = bt + add;
          if (bt < dt) {
            var shift = dl - dt, dend = Math.min(dt, end);
            if (shift + bt < 0)
              err(3);
            for (; bt < dend; ++bt)
              buf[bt] = dict[shift + bt];
          }
          for (; bt < end; ++bt)
            buf[bt] = buf[bt - dt];
        }
      }
      st.l = lm, st.p = lpos, st.b = bt, st.f = final;
      if (lm)
        final = 1, st.m = lbt, st.d = dm, st.n = dbt;
    } while (!final);
    return bt != buf.length && noBuf ? slc(buf, 0, bt) : buf.subarray(0, bt);
  };
  var wbits = function(d, p, v) {
    v <<= p & 7;
    var o = p / 8 | 0;
    d[o] |= v;
    d[o + 1] |= v >> 8;
  };
  var wbits16 = function(d, p, v) {
    v <<= p & 7;
    var o = p / 8 | 0;
    d[o] |= v;
    d[o + 1] |= v >> 8;
    d[o + 2] |= v >> 16;
  };
  var hTree = function(d, mb) {
    var t2 = [];
    for (var i2 = 0; i2 < d.length; ++i2) {
      if (d[i2])
        t2.push({ s: i2, f: d[i2] });
    }
    var s = t2.length;
    var t22 = t2.slice();
    if (!s)
      return { t: et, l: 0 };
    if (s == 1) {
      var v = new u8(t2[0].s + 1);
      v[t2[0].s] = 1;
      return { t: v, l: 1 };
    }
    t2.sort(function(a, b) {
      return a.f - b.f;
    });
    t2.push({ s: -1, f: 25001 });
    var l = t2[0], r = t2[1], i0 = 0, i1 = 1, i22 = 2;
    t2[0] = { s: -1, f: l.f + r.f, l, r };
    while (i1 != s - 1) {
      l = t2[t2[i0].f < t2[i22].f ? i0++ : i22++];
      r = t2[i0 != i1 && t2[i0].f < t2[i22].f ? i0++ : i22++];
      t2[i1++] = { s: -1, f: l.f + r.f, l, r };
    }
    var maxSym = t22[0].s;
    for (var i2 = 1; i2 < s; ++i2) {
      if (t22[i2].s > maxSym)
        maxSym = t22[i2].s;
    }
    var tr = new u16(maxSym + 1);
    var mbt = ln(t2[i1 - 1], tr, 0);
    if (mbt > mb) {
      var i2 = 0, dt = 0;
      var lft = mbt - mb, cst = 1 << lft;
      t22.sort(function(a, b) {
        return tr[b.s] - tr[a.s] || a.f - b.f;
      });
      for (; i2 < s; ++i2) {
        var i2_1 = t22[i2].s;
        if (tr[i2_1] > mb) {
          dt += cst - (1 << mbt - tr[i2_1]);
          tr[i2_1] = mb;
        } else
          break;
      }
      dt >>= lft;
      while (dt > 0) {
        var i2_2 = t22[i2].s;
        if (tr[i2_2] < mb)
          dt -= 1 << mb - tr[i2_2]++ - 1;
        else
          ++i2;
      }
      for (; i2 >= 0 && dt; --i2) {
        var i2_3 = t22[i2].s;
        if (tr[i2_3] == mb) {
          --tr[i2_3];
          ++dt;
        }
      }
      mbt = mb;
    }
    return { t: new u8(tr), l: mbt };
  };
  var ln = function(n, l, d) {
    return n.s == -1 ? Math.max(ln(n.l, l, d + 1), ln(n.r, l, d + 1)) : l[n.s] = d;
  };
  var lc = function(c) {
    var s = c.length;
    while (s && !c[--s])
      ;
    var cl = new u16(++s);
    var cli = 0, cln = c[0], cls = 1;
    var w = function(v) {
      cl[cli++] = v;
    };
    for (var i2 = 1; i2 <= s; ++i2) {
      if (c[i2] == cln && i2 != s)
        ++cls;
      else {
        if (!cln && cls > 2) {
          for (; cls > 138; cls -= 138)
            w(32754);
          if (cls > 2) {
            w(cls > 10 ? cls - 11 << 5 | 28690 : cls - 3 << 5 | 12305);
            cls = 0;
          }
        } else if (cls > 3) {
          w(cln), --cls;
          for (; cls > 6; cls -= 6)
            w(8304);
          if (cls > 2)
            w(cls - 3 << 5 | 8208), cls = 0;
        }
        while (cls--)
          w(cln);
        cls = 1;
        cln = c[i2];
      }
    }
    return { c: cl.subarray(0, cli), n: s };
  };
  var clen = function(cf, cl) {
    var l = 0;
    for (var i2 = 0; i2 < cl.length; ++i2)
      l += cf[i2] * cl[i2];
    return l;
  };
  var wfblk = function(out, pos, dat) {
    var s = dat.length;
    var o = shft(pos + 2);
    out[o] = s & 255;
    out[o + 1] = s >> 8;
    out[o + 2] = out[o] ^ 255;
    out[o + 3] = out[o + 1] ^ 255;
    for (var i2 = 0; i2 < s; ++i2)
      out[o + i2 + 4] = dat[i2];
    return (o + 4 + s) * 8;
  };
  var wblk = function(dat, out, final, syms, lf, df, eb, li, bs, bl, p) {
    wbits(out, p++, final);
    ++lf[256];
    var _a2 = hTree(lf, 15), dlt = _a2.t, mlb = _a2.l;
    var _b2 = hTree(df, 15), ddt = _b2.t, mdb = _b2.l;
    var _c = lc(dlt), lclt = _c.c, nlc = _c.n;
    var _d = lc(ddt), lcdt = _d.c, ndc = _d.n;
    var lcfreq = new u16(19);
    for (var i2 = 0; i2 < lclt.length; ++i2)
      ++lcfreq[lclt[i2] & 31];
    for (var i2 = 0; i2 < lcdt.length; ++i2)
      ++lcfreq[lcdt[i2] & 31];
    var _e = hTree(lcfreq, 7), lct = _e.t, mlcb = _e.l;
    var nlcc = 19;
    for (; nlcc > 4 && !lct[clim[nlcc - 1]]; --nlcc)
      ;
    var flen = bl + 5 << 3;
    var ftlen = clen(lf, flt) + clen(df, fdt) + eb;
    var dtlen = clen(lf, dlt) + clen(df, ddt) + eb + 14 + 3 * nlcc + clen(lcfreq, lct) + 2 * lcfreq[16] + 3 * lcfreq[17] + 7 * lcfreq[18];
    if (bs >= 0 && flen <= ftlen && flen <= dtlen)
      return wfblk(out, p, dat.subarray(bs, bs + bl));
    var lm, ll, dm, dl;
    wbits(out, p, 1 + (dtlen < ftlen)), p += 2;
    if (dtlen < ftlen) {
      lm = hMap(dlt, mlb, 0), ll = dlt, dm = hMap(ddt, mdb, 0), dl = ddt;
      var llm = hMap(lct, mlcb, 0);
      wbits(out, p, nlc - 257);
      wbits(out, p + 5, ndc - 1);
      wbits(out, p + 10, nlcc - 4);
      p += 14;
      for (var i2 = 0; i2 < nlcc; ++i2)
        wbits(out, p + 3 * i2, lct[clim[i2]]);
      p += 3 * nlcc;
      var lcts = [lclt, lcdt];
      for (var it = 0; it < 2; ++it) {
        var clct = lcts[it];
        for (var i2 = 0; i2 < clct.length; ++i2) {
          var len = clct[i2] & 31;
          wbits(out, p, llm[len]), p += lct[len];
          if (len > 15)
            wbits(out, p, clct[i2] >> 5 & 127), p += clct[i2] >> 12;
        }
      }
    } else {
      lm = flm, ll = flt, dm = fdm, dl = fdt;
    }
    for (var i2 = 0; i2 < li; ++i2) {
      var sym = syms[i2];
      if (sym > 255) {
        var len = sym >> 18 & 31;
        wbits16(out, p, lm[len + 257]), p += ll[len + 257];
        if (len > 7)
          wbits(out, p, sym >> 23 & 31), p += fleb[len];
        var dst = sym & 31;
        wbits16(out, p, dm[dst]), p += dl[dst];
        if (dst > 3)
          wbits16(out, p, sym >> 5 & 8191), p += fdeb[dst];
      } else {
        wbits16(out, p, lm[sym]), p += ll[sym];
      }
    }
    wbits16(out, p, lm[256]);
    return p + ll[256];
  };
  var deo = /* @__PURE__ */ new i32([65540, 131080, 131088, 131104, 262176, 1048704, 1048832, 2114560, 2117632]);
  var et = /* @__PURE__ */ new u8(0);
  var dflt = function(dat, lvl, plvl, pre, post, st) {
    var s = st.z || dat.length;
    var o = new u8(pre + s + 5 * (1 + Math.ceil(s / 7e3)) + post);
    var w = o.subarray(pre, o.length - post);
    var lst = st.l;
    var pos = (st.r || 0) & 7;
    if (lvl) {
      if (pos)
        w[0] = st.r >> 3;
      var opt = deo[lvl - 1];
      var n = opt >> 13, c = opt & 8191;
      var msk_1 = (1 << plvl) - 1;
      var prev = st.p || new u16(32768), head = st.h || new u16(msk_1 + 1);
      var bs1_1 = Math.ceil(plvl / 3), bs2_1 = 2 * bs1_1;
      var hsh = function(i3) {
        return (dat[i3] ^ dat[i3 + 1] << bs1_1 ^ dat[i3 + 2] << bs2_1) & msk_1;
      };
      var syms = new i32(25e3);
      var lf = new u16(288), df = new u16(32);
      var lc_1 = 0, eb = 0, i2 = st.i || 0, li = 0, wi = st.w || 0, bs = 0;
      for (; i2 + 2 < s; ++i2) {
        var hv = hsh(i2);
        var imod = i2 & 32767, pimod = head[hv];
        prev[imod] = pimod;
        head[hv] = imod;
        if (wi <= i2) {
          var rem = s - i2;
          if ((lc_1 > 7e3 || li > 24576) && (rem > 423 || !lst)) {
            pos = wblk(dat, w, 0, syms, lf, df, eb, li, bs, i2 - bs, pos);
            li = lc_1 = eb = 0, bs = i2;
            for (var j = 0; j < 286; ++j)
              lf[j] = 0;
            for (var j = 0; j < 30; ++j)
              df[j] = 0;
          }
          var l = 2, d = 0, ch_1 = c, dif = imod - pimod & 32767;
          if (rem > 2 && hv == hsh(i2 - dif)) {
            var maxn = Math.min(n, rem) - 1;
            var maxd = Math.min(32767, i2);
            var ml = Math.min(258, rem);
            while (dif <= maxd && --ch_1 && imod != pimod) {
              if (dat[i2 + l] == dat[i2 + l - dif]) {
                var nl = 0;
                for (; nl < ml && dat[i2 + nl] == dat[i2 + nl - dif]; ++nl)
                  ;
                if (nl > l) {
                  l = nl, d = dif;
                  if (nl > maxn)
                    break;
                  var mmd = Math.min(dif, nl - 2);
                  var md = 0;
                  for (var j = 0; j < mmd; ++j) {
                    var ti = i2 - dif + j & 32767;
                    var pti = prev[ti];
                    var cd = ti - pti & 32767;
                    if (cd > md)
                      md = cd, pimod = ti;
                  }
                }
              }
              imod = pimod, pimod = prev[imod];
              dif += imod - pimod & 32767;
            }
          }
          if (d) {
            syms[li++] = 268435456 | revfl[l] << 18 | revfd[d];
            var lin = revfl[l] & 31, din = revfd[d] & 31;
            eb += fleb[lin] + fdeb[din];
            ++lf[257 + lin];
            ++df[din];
            wi = i2 + l;
            ++lc_1;
          } else {
            syms[li++] = dat[i2];
            ++lf[dat[i2]];
          }
        }
      }
      for (i2 = Math.max(i2, wi); i2 < s; ++i2) {
        syms[li++] = dat[i2];
        ++lf[dat[i2]];
      }
      pos = wblk(dat, w, lst, syms, lf, df, eb, li, bs, i2 - bs, pos);
      if (!lst) {
        st.r = pos & 7 | w[pos / 8 | 0] << 3;
        pos -= 7;
        st.h = head, st.p = prev, st.i = i2, st.w = wi;
      }
    } else {
      for (var i2 = st.w || 0; i2 < s + lst; i2 += 65535) {
        var e = i2 + 65535;
        if (e >= s) {
          w[pos / 8 | 0] = lst;
          e = s;
        }
        pos = wfblk(w, pos + 1, dat.subarray(i2, e));
      }
      st.i = s;
    }
    return slc(o, 0, pre + shft(pos) + post);
  };
  var crct = /* @__PURE__ */ (function() {
    var t2 = new Int32Array(256);
    for (var i2 = 0; i2 < 256; ++i2) {
      var c = i2, k = 9;
      while (--k)
        c = (c & 1 && -306674912) ^ c >>> 1;
      t2[i2] = c;
    }
    return t2;
  })();
  var crc = function() {
    var c = -1;
    return {
      p: function(d) {
        var cr = c;
        for (var i2 = 0; i2 < d.length; ++i2)
          cr = crct[cr & 255 ^ d[i2]] ^ cr >>> 8;
        c = cr;
      },
      d: function() {
        return ~c;
      }
    };
  };
  var dopt = function(dat, opt, pre, post, st) {
    if (!st) {
      st = { l: 1 };
      if (opt.dictionary) {
        var dict = opt.dictionary.subarray(-32768);
        var newDat = new u8(dict.length + dat.length);
        newDat.set(dict);
        newDat.set(dat, dict.length);
        dat = newDat;
        st.w = dict.length;
      }
    }
    return dflt(dat, opt.level == null ? 6 : opt.level, opt.mem == null ? st.l ? Math.ceil(Math.max(8, Math.min(13, Math.log(dat.length))) * 1.5) : 20 : 12 + opt.mem, pre, post, st);
  };
  var mrg = function(a, b) {
    var o = {};
    for (var k in a)
      o[k] = a[k];
    for (var k in b)
      o[k] = b[k];
    return o;
  };
  var b2 = function(d, b) {
    return d[b] | d[b + 1] << 8;
  };
  var b4 = function(d, b) {
    return (d[b] | d[b + 1] << 8 | d[b + 2] << 16 | d[b + 3] << 24) >>> 0;
  };
  var b8 = function(d, b) {
    return b4(d, b) + b4(d, b + 4) * 4294967296;
  };
  var wbytes = function(d, b, v) {
    for (; v; ++b)
      d[b] = v, v >>>= 8;
  };
  function deflateSync(data, opts) {
    return dopt(data, opts || {}, 0, 0);
  }
  function inflateSync(data, opts) {
    return inflt(data, { i: 2 }, opts && opts.out, opts && opts.dictionary);
  }
  var fltn = function(d, p, t2, o) {
    for (var k in d) {
      var val = d[k], n = p + k, op = o;
      if (Array.isArray(val))
        op = mrg(o, val[1]), val = val[0];
      if (ArrayBuffer.isView(val))
        t2[n] = [val, op];
      else {
        t2[n += "/"] = [new u8(0), op];
        fltn(val, n, t2, o);
      }
    }
  };
  var te = typeof TextEncoder != "undefined" && /* @__PURE__ */ new TextEncoder();
  var td = typeof TextDecoder != "undefined" && /* @__PURE__ */ new TextDecoder();
  var tds = 0;
  try {
    td.decode(et, { stream: true });
    tds = 1;
  } catch (e) {
  }
  var dutf8 = function(d) {
    for (var r = "", i2 = 0; ; ) {
      var c = d[i2++];
      var eb = (c > 127) + (c > 223) + (c > 239);
      if (i2 + eb > d.length)
        return { s: r, r: slc(d, i2 - 1) };
      if (!eb)
        r += String.fromCharCode(c);
      else if (eb == 3) {
        c = ((c & 15) << 18 | (d[i2++] & 63) << 12 | (d[i2++] & 63) << 6 | d[i2++] & 63) - 65536, r += String.fromCharCode(55296 | c >> 10, 56320 | c & 1023);
      } else if (eb & 1)
        r += String.fromCharCode((c & 31) << 6 | d[i2++] & 63);
      else
        r += String.fromCharCode((c & 15) << 12 | (d[i2++] & 63) << 6 | d[i2++] & 63);
    }
  };
  function strToU8(str, latin1) {
    if (latin1) {
      var ar_1 = new u8(str.length);
      for (var i2 = 0; i2 < str.length; ++i2)
        ar_1[i2] = str.charCodeAt(i2);
      return ar_1;
    }
    if (te)
      return te.encode(str);
    var l = str.length;
    var ar = new u8(str.length + (str.length >> 1));
    var ai = 0;
    var w = function(v) {
      ar[ai++] = v;
    };
    for (var i2 = 0; i2 < l; ++i2) {
      if (ai + 5 > ar.length) {
        var n = new u8(ai + 8 + (l - i2 << 1));
        n.set(ar);
        ar = n;
      }
      var c = str.charCodeAt(i2);
      if (c < 128 || latin1)
        w(c);
      else if (c < 2048)
        w(192 | c >> 6), w(128 | c & 63);
      else if (c > 55295 && c < 57344)
        c = 65536 + (c & 1023 << 10) | str.charCodeAt(++i2) & 1023, w(240 | c >> 18), w(128 | c >> 12 & 63), w(128 | c >> 6 & 63), w(128 | c & 63);
      else
        w(224 | c >> 12), w(128 | c >> 6 & 63), w(128 | c & 63);
    }
    return slc(ar, 0, ai);
  }
  function strFromU8(dat, latin1) {
    if (latin1) {
      var r = "";
      for (var i2 = 0; i2 < dat.length; i2 += 16384)
        r += String.fromCharCode.apply(null, dat.subarray(i2, i2 + 16384));
      return r;
    } else if (td) {
      return td.decode(dat);
    } else {
      var _a2 = dutf8(dat), s = _a2.s, r = _a2.r;
      if (r.length)
        err(8);
      return s;
    }
  }
  var slzh = function(d, b) {
    return b + 30 + b2(d, b + 26) + b2(d, b + 28);
  };
  var zh = function(d, b, z) {
    var fnl = b2(d, b + 28), efl = b2(d, b + 30), fn = strFromU8(d.subarray(b + 46, b + 46 + fnl), !(b2(d, b + 8) & 2048)), es = b + 46 + fnl;
    var _a2 = z64hs(d, es, efl, z, b4(d, b + 20), b4(d, b + 24), b4(d, b + 42)), sc = _a2[0], su = _a2[1], off = _a2[2];
    return [b2(d, b + 10), sc, su, fn, es + efl + b2(d, b + 32), off];
  };
  var z64hs = function(d, b, l, z, sc, su, off) {
    var nsc = sc == 4294967295, nsu = su == 4294967295, noff = off == 4294967295, e = b + l;
    var nf = nsc + nsu + noff;
    if (z && nf) {
      for (; b + 4 < e; b += 4 + b2(d, b + 2)) {
        if (b2(d, b) == 1) {
          return [
            nsc ? b8(d, b + 4 + 8 * nsu) : sc,
            nsu ? b8(d, b + 4) : su,
            noff ? b8(d, b + 4 + 8 * (nsu + nsc)) : off,
            1
          ];
        }
      }
      if (z < 2)
        err(13);
    }
    return [sc, su, off, 0];
  };
  var exfl = function(ex) {
    var le = 0;
    if (ex) {
      for (var k in ex) {
        var l = ex[k].length;
        if (l > 65535)
          err(9);
        le += l + 4;
      }
    }
    return le;
  };
  var wzh = function(d, b, f, fn, u, c, ce, co) {
    var fl2 = fn.length, ex = f.extra, col = co && co.length;
    var exl = exfl(ex);
    wbytes(d, b, ce != null ? 33639248 : 67324752), b += 4;
    if (ce != null)
      d[b++] = 20, d[b++] = f.os;
    d[b] = 20, b += 2;
    d[b++] = f.flag << 1 | (c < 0 && 8), d[b++] = u && 8;
    d[b++] = f.compression & 255, d[b++] = f.compression >> 8;
    var dt = new Date(f.mtime == null ? Date.now() : f.mtime), y = dt.getFullYear() - 1980;
    if (y < 0 || y > 119)
      err(10);
    wbytes(d, b, y << 25 | dt.getMonth() + 1 << 21 | dt.getDate() << 16 | dt.getHours() << 11 | dt.getMinutes() << 5 | dt.getSeconds() >> 1), b += 4;
    if (c != -1) {
      wbytes(d, b, f.crc);
      wbytes(d, b + 4, c < 0 ? -c - 2 : c);
      wbytes(d, b + 8, f.size);
    }
    wbytes(d, b + 12, fl2);
    wbytes(d, b + 14, exl), b += 16;
    if (ce != null) {
      wbytes(d, b, col);
      wbytes(d, b + 6, f.attrs);
      wbytes(d, b + 10, ce), b += 14;
    }
    d.set(fn, b);
    b += fl2;
    if (exl) {
      for (var k in ex) {
        var exf = ex[k], l = exf.length;
        wbytes(d, b, +k);
        wbytes(d, b + 2, l);
        d.set(exf, b + 4), b += 4 + l;
      }
    }
    if (col)
      d.set(co, b), b += col;
    return b;
  };
  var wzf = function(o, b, c, d, e) {
    wbytes(o, b, 101010256);
    wbytes(o, b + 8, c);
    wbytes(o, b + 10, c);
    wbytes(o, b + 12, d);
    wbytes(o, b + 16, e);
  };
  function zipSync(data, opts) {
    if (!opts)
      opts = {};
    var r = {};
    var files = [];
    fltn(data, "", r, opts);
    var o = 0;
    var tot = 0;
    for (var fn in r) {
      var _a2 = r[fn], file = _a2[0], p = _a2[1];
      var compression = p.level == 0 ? 0 : 8;
      var f = strToU8(fn), s = f.length;
      var com = p.comment, m = com && strToU8(com), ms = m && m.length;
      var exl = exfl(p.extra);
      if (s > 65535)
        err(11);
      var d = compression ? deflateSync(file, p) : file, l = d.length;
      var c = crc();
      c.p(file);
      files.push(mrg(p, {
        size: file.length,
        crc: c.d(),
        c: d,
        f,
        m,
        u: s != fn.length || m && com.length != ms,
        o,
        compression
      }));
      o += 30 + s + exl + l;
      tot += 76 + 2 * (s + exl) + (ms || 0) + l;
    }
    var out = new u8(tot + 22), oe = o, cdl = tot - o;
    for (var i2 = 0; i2 < files.length; ++i2) {
      var f = files[i2];
      wzh(out, f.o, f, f.f, f.u, f.c.length);
      var badd = 30 + f.f.length + exfl(f.extra);
      out.set(f.c, f.o + badd);
      wzh(out, o, f, f.f, f.u, f.c.length, f.o, f.m), o += 16 + badd + (f.m ? f.m.length : 0);
    }
    wzf(out, o, files.length, cdl, oe);
    return out;
  }
  function unzipSync(data, opts) {
    var files = {};
    var e = data.length - 22;
    for (; b4(data, e) != 101010256; --e) {
      if (!e || data.length - e > 65558)
        err(13);
    }
    ;
    var c = b2(data, e + 8);
    if (!c)
      return {};
    var o = b4(data, e + 16);
    var z = b4(data, e - 20) == 117853008;
    if (z) {
      var ze = b4(data, e - 12);
      z = b4(data, ze) == 101075792;
      if (z) {
        c = b4(data, ze + 32);
        o = b4(data, ze + 48);
      }
    }
    var fltr = opts && opts.filter;
    for (var i2 = 0; i2 < c; ++i2) {
      var _a2 = zh(data, o, z), c_2 = _a2[0], sc = _a2[1], su = _a2[2], fn = _a2[3], no = _a2[4], off = _a2[5], b = slzh(data, off);
      o = no;
      if (!fltr || fltr({
        name: fn,
        size: sc,
        originalSize: su,
        compression: c_2
      })) {
        if (!c_2)
          files[fn] = slc(data, b, b + sc);
        else if (c_2 == 8)
          files[fn] = inflateSync(data.subarray(b, b + sc), { out: new u8(su) });
        else
          err(14, "unknown compression type " + c_2);
      }
    }
    return files;
  }

  // book/xml.js
  var TAG = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(\/?)([^\s/>!?]+)((?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
  var ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
  var ENTITY = /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot|apos));/g;
  var NAMED = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
  function* tagsOf(text) {
    for (const match of text.matchAll(TAG)) {
      const [whole, slash, written3, inner, empty] = match;
      if (written3 === void 0) continue;
      const name = written3.slice(written3.indexOf(":") + 1);
      yield {
        name,
        written: written3,
        from: match.index,
        to: match.index + whole.length,
        opens: !slash,
        closes: Boolean(slash || empty),
        inner
      };
    }
  }
  var attributesOf = (tag) => Object.fromEntries(
    [...tag.inner.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [name, unescaped(double ?? single)])
  );
  var unescaped = (text) => text.replace(
    ENTITY,
    (_, hex, decimal, name) => name ? NAMED[
      /** @type {keyof typeof NAMED} */
      name
    ] : String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10))
  );
  var escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  var replaced = (text, parts2) => {
    let out = "";
    let at2 = 0;
    for (const { from, to, by } of [...parts2].sort((one, other) => one.from - other.from)) {
      out += text.slice(at2, from) + by;
      at2 = to;
    }
    return out + text.slice(at2);
  };

  // book/cells.js
  var lettersOf = (number4) => {
    let letters = "";
    for (let rest = number4; rest > 0; rest = Math.floor((rest - 1) / 26))
      letters = String.fromCharCode(65 + (rest - 1) % 26) + letters;
    return letters;
  };
  var columnOf = (letters) => [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0);
  var placeOf = (at2) => {
    const digits = [...at2].findIndex((letter) => letter >= "0" && letter <= "9");
    return { column: columnOf(at2.slice(0, digits)), row: Number(at2.slice(digits)) };
  };
  var cellsOf = (xml) => {
    const cells = /* @__PURE__ */ new Map();
    let row = 0;
    let column = 0;
    let cell = null;
    let inside = null;
    for (const tag of tagsOf(xml)) {
      if (tag.name === "row" && tag.opens) {
        row = Number(attributesOf(tag).r ?? row + 1);
        column = 0;
      } else if (tag.name === "c" && tag.opens) {
        const { r, t: t2 } = attributesOf(tag);
        const at2 = r ?? `${lettersOf(column + 1)}${row}`;
        column = placeOf(at2).column;
        cell = { at: at2, tag, to: tag.to, type: t2 ?? "n", value: null, formula: null };
        cells.set(at2, cell);
      } else if (tag.name === "c" && cell) cell.to = tag.to;
      else if (cell && tag.name === "f" && tag.opens) {
        const { t: t2, ref, si } = attributesOf(tag);
        cell.formula = {
          text: "",
          from: tag.from,
          to: tag.to,
          type: t2 ?? "normal",
          range: ref ?? null,
          group: si ?? null
        };
      }
      if (tag.name === "c" && tag.closes) cell = null;
      if (!cell || !["f", "v"].includes(tag.name)) continue;
      if (tag.opens && !tag.closes) inside = tag;
      if (tag.closes && !tag.opens && inside) {
        const text = unescaped(xml.slice(inside.to, tag.from));
        if (tag.name === "v") cell.value = text;
        else if (cell.formula) Object.assign(cell.formula, { text, to: tag.to });
      }
    }
    return cells;
  };
  var tagOf = (cell, type) => {
    const kept2 = Object.entries(attributesOf(cell.tag)).filter(([name]) => name !== "t");
    const written3 = kept2.map(([name, value]) => ` ${name}="${escaped(value)}"`);
    return `<${cell.tag.written}${written3.join("")}${type && ` t="${type}"`}>`;
  };
  var element = (cell, name) => cell.tag.written.slice(0, -1) + name;
  var written = (cell, value, kind) => {
    const [is, t2, v] = ["is", "t", "v"].map((name) => element(cell, name));
    const end = `</${cell.tag.written}>`;
    if (kind === "text") {
      const space = value === value.trim() ? "" : ' xml:space="preserve"';
      return `${tagOf(cell, "inlineStr")}<${is}><${t2}${space}>${escaped(value)}</${t2}></${is}>${end}`;
    }
    return `${tagOf(cell, kind === "day" ? "d" : "")}<${v}>${value}</${v}>${end}`;
  };
  var unvalued = (xml, cell) => `${tagOf(cell, "")}${cell.formula ? xml.slice(cell.formula.from, cell.formula.to) : ""}</${cell.tag.written}>`;
  var sheetWith = (xml, cells, changes, stale) => {
    const anew = changes.map(({ at: at2, value, kind }) => {
      const cell = cells.get(at2);
      if (!cell || cell.formula) throw new Error(`no cell to write at ${at2}`);
      return { from: cell.tag.from, to: cell.to, by: written(cell, value, kind) };
    });
    const open = stale.map((at2) => {
      const cell = (
        /** @type {Cell} */
        cells.get(at2)
      );
      return { from: cell.tag.from, to: cell.to, by: unvalued(xml, cell) };
    });
    return replaced(xml, [...anew, ...open]);
  };

  // book/formulas.js
  var PARTS = /\s+|"(?:[^"]|"")*"|(?:(?:'((?:[^']|'')+)'|([^\s'!"(),;:+\-*/^&=<>{}%$#@[\]]+))!)?(?:(\$?)([A-Z]{1,3})(\$?)(\d+)(?::(\$?)([A-Z]{1,3})(\$?)(\d+))?|\$?([A-Z]{1,3}):\$?([A-Z]{1,3})|\$?(\d+):\$?(\d+))(?![\w(.!])|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|([A-Za-z_.][\w.]*)\(|TRUE|FALSE|[(),;+\-*/^&=<>{}%]/y;
  var ANYWHERE = ["INDIRECT", "OFFSET"];
  var [ROWS, COLUMNS] = [1048576, 16384];
  var areasOf = (text, sheet, moved = { column: 0, row: 0 }) => {
    const areas = [];
    for (let at2 = 0; at2 < text.length; ) {
      PARTS.lastIndex = at2;
      const part = PARTS.exec(text);
      if (!part || part[15] && ANYWHERE.includes(part[15].toUpperCase())) return null;
      at2 = PARTS.lastIndex;
      const [, quoted, bare, ac, west, ar, north, bc, east, br, south, first, last, top, bottom] = part;
      const of = quoted?.replaceAll("''", "'") ?? bare ?? sheet;
      if (quoted && [":", "[", "]"].some((sign) => quoted.includes(sign))) return null;
      const column = (fixed2, letters) => columnOf(letters) + (fixed2 ? 0 : moved.column);
      const row = (fixed2, digits) => Number(digits) + (fixed2 ? 0 : moved.row);
      if (west) {
        const from = { west: column(ac, west), north: row(ar, north) };
        const to = east ? { east: column(bc, east), south: row(br, south) } : { east: from.west, south: from.north };
        areas.push({ sheet: of, ...from, ...to });
      } else if (first && moved.column || top && moved.row) return null;
      else if (first) areas.push({ sheet: of, west: columnOf(first), east: columnOf(last), north: 1, south: ROWS });
      else if (top) areas.push({ sheet: of, west: 1, east: COLUMNS, north: Number(top), south: Number(bottom) });
    }
    return areas;
  };
  var formulasOf = ({ name, cells }) => {
    const shared = /* @__PURE__ */ new Map();
    for (const cell of cells.values())
      if (cell.formula?.type === "shared" && cell.formula.text) shared.set(cell.formula.group, cell);
    return [...cells.values()].flatMap((cell) => {
      if (!cell.formula) return [];
      const from = cell.formula.type === "shared" ? shared.get(cell.formula.group) ?? cell : cell;
      const [here, there] = [placeOf(cell.at), placeOf(from.at)];
      const moved = { column: here.column - there.column, row: here.row - there.row };
      const areas = from.formula.text ? areasOf(from.formula.text, name, moved) : null;
      return [{ sheet: name, at: cell.at, areas, range: cell.formula.type === "shared" ? null : cell.formula.range }];
    });
  };
  var filledBy = (range, cells) => {
    if (!range?.includes(":")) return [];
    const [from, to] = range.split(":").map(placeOf);
    return [...cells.keys()].filter((at2) => {
      const { column, row } = placeOf(at2);
      return column >= from.column && column <= to.column && row >= from.row && row <= to.row;
    });
  };
  var staleOf = (sheets, changed) => {
    const stale = new Map(sheets.map(({ name }) => [name, /* @__PURE__ */ new Set()]));
    if (!changed.length) return /* @__PURE__ */ new Map();
    const touched = changed.map(({ sheet, at: at2 }) => ({ sheet, ...placeOf(at2) }));
    let waiting = sheets.flatMap(formulasOf);
    const reads = ({ areas }) => !areas || areas.some(
      ({ sheet, west, north, east, south }) => touched.some(
        (cell) => cell.sheet === sheet && cell.column >= west && cell.column <= east && cell.row >= north && cell.row <= south
      )
    );
    for (let found = waiting.filter(reads); found.length; found = waiting.filter(reads)) {
      waiting = waiting.filter((formula) => !found.includes(formula));
      for (const { sheet, at: at2, range } of found) {
        const { cells } = (
          /** @type {Sheet} */
          sheets.find(({ name }) => name === sheet)
        );
        for (const one of [at2, ...filledBy(range, cells)]) {
          stale.get(sheet)?.add(one);
          touched.push({ sheet, ...placeOf(one) });
        }
      }
    }
    return new Map([...stale].filter(([, all]) => all.size).map(([name, all]) => [name, [...all]]));
  };

  // book/xlsx.js
  var WRITTEN = new Date(1980, 0, 1);
  var BEFORE_CALCULATION = ["sheets", "functionGroups", "externalReferences", "definedNames"];
  var textOf = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  var relatedTo = (parts2, path) => {
    const cut = path.lastIndexOf("/") + 1;
    const [folder, file] = [path.slice(0, cut), path.slice(cut)];
    const related = /* @__PURE__ */ new Map();
    for (const tag of tagsOf(textOf(parts2[`${folder}_rels/${file}.rels`]))) {
      if (tag.name !== "Relationship" || !tag.opens) continue;
      const { Id, Type, Target } = attributesOf(tag);
      const target = new URL(Target, `part:///${folder}`).pathname.slice(1);
      related.set(Id, { type: Type.slice(Type.lastIndexOf("/") + 1), path: decodeURIComponent(target) });
    }
    return related;
  };
  var openBook = (bytes) => {
    const parts2 = unzipSync(bytes);
    const main = [...relatedTo(parts2, "").values()].find(({ type }) => type === "officeDocument");
    if (!main) throw new Error("no workbook");
    const xml = textOf(parts2[main.path]);
    const related = relatedTo(parts2, main.path);
    const sheets = [];
    let from1904 = false;
    for (const tag of tagsOf(xml)) {
      const attributes = attributesOf(tag);
      if (tag.name === "workbookPr") from1904 ||= ["1", "true"].includes(attributes.date1904);
      if (tag.name !== "sheet" || !tag.opens) continue;
      const id = Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1];
      const { type, path } = related.get(id);
      if (type !== "worksheet") continue;
      const sheet = textOf(parts2[path]);
      sheets.push({ name: attributes.name, path, xml: sheet, cells: cellsOf(sheet) });
    }
    return { bytes, parts: parts2, path: main.path, xml, sheets, from1904 };
  };
  var cellAt = (book, sheet, at2) => book.sheets.find(({ name }) => name === sheet)?.cells.get(at2);
  var calculatedAnew = (xml) => {
    let after = 0;
    let prefix = "";
    for (const tag of tagsOf(xml)) {
      if (tag.name === "workbook" && tag.opens) prefix = tag.written.slice(0, -"workbook".length);
      if (BEFORE_CALCULATION.includes(tag.name) && tag.closes) after = tag.to;
      if (tag.name !== "calcPr" || !tag.opens) continue;
      const { fullCalcOnLoad, ...kept2 } = attributesOf(tag);
      if (["1", "true"].includes(fullCalcOnLoad)) return xml;
      const others = Object.entries(kept2).map(([name, value]) => ` ${name}="${escaped(value)}"`);
      const by = `<${tag.written}${others.join("")} fullCalcOnLoad="1"${tag.closes ? "/" : ""}>`;
      return replaced(xml, [{ from: tag.from, to: tag.to, by }]);
    }
    return replaced(xml, [{ from: after, to: after, by: `<${prefix}calcPr fullCalcOnLoad="1"/>` }]);
  };
  var staleAfter = (book, changes) => staleOf(book.sheets, changes);
  var bookWith = (book, changes) => {
    if (!changes.length) return book.bytes;
    const stale = staleAfter(book, changes);
    const parts2 = { ...book.parts };
    for (const { name, path, xml, cells } of book.sheets) {
      const own = changes.filter((change2) => change2.sheet === name);
      const open = stale.get(name) ?? [];
      if (own.length || open.length) parts2[path] = new TextEncoder().encode(sheetWith(xml, cells, own, open));
    }
    if (stale.size) parts2[book.path] = new TextEncoder().encode(calculatedAnew(book.xml));
    return zipSync(parts2, { level: 6, mtime: WRITTEN });
  };

  // book/plan.js
  var saidOf = ({ items }, row) => [row.number, row.service].map((item) => items[item]).filter(Boolean);
  var spentFor = (workbook, row) => saidOf(workbook, row).flatMap(({ spent }) => spent);
  var namedIn = (workbook, row, sheet) => saidOf(workbook, row).flatMap(({ named: named2 }) => named2[sheet] ?? []);
  var heldAt = (book, sheet, at2) => {
    const cell = cellAt(book, sheet, at2);
    if (!cell) throw new Error(`no cell at ${at2}`);
    return cell;
  };
  var ANYWHERE2 = "auto";
  var RUNNING = "opex_krw_year";
  var COST = "capex_krw";
  var DAY_MS = 864e5;
  var payersOf = (won) => Object.keys(won).filter((column) => column !== COST && column !== RUNNING);
  var apportioned = (total, weights) => {
    const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
    const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
    const shares = exact.map((share) => share / whole);
    const left = BigInt(total) - shares.reduce((sum, share) => sum + share, 0n);
    const order = exact.map((share, at2) => ({ rest: share % whole, at: at2 })).sort((one, other) => one.rest === other.rest ? one.at - other.at : one.rest > other.rest ? -1 : 1);
    for (const { at: at2 } of order.slice(0, Number(left))) shares[at2] += 1n;
    return shares.map(Number);
  };
  var atUnitPrice = (won, units2, before) => Number((2n * BigInt(won) * BigInt(units2) + BigInt(before)) / (2n * BigInt(before)));
  var moneyFor = (row, units2) => {
    const payers = payersOf(row.won);
    const cost2 = atUnitPrice(row.won[COST], units2, row.units);
    const shares = row.won[COST] ? apportioned(
      cost2,
      payers.map((payer) => row.won[payer])
    ) : payers.map(() => 0);
    return {
      [COST]: cost2,
      [RUNNING]: atUnitPrice(row.won[RUNNING], units2, row.units),
      ...Object.fromEntries(payers.map((payer, at2) => [payer, shares[at2]]))
    };
  };
  var monthText = (start, month) => {
    const [year, first] = start.split("-").map(Number);
    const at2 = 12 * year + first - 1 + month;
    return `${Math.floor(at2 / 12)}-${String(at2 % 12 + 1).padStart(2, "0")}`;
  };
  var costsFor = ({ rows }, edits, start) => {
    const whole = { before: 0, after: 0 };
    const years = /* @__PURE__ */ new Map();
    const add = (when, month, won) => {
      const year = monthText(start, month).slice(0, 4);
      const sums = years.get(year) ?? { before: 0, after: 0 };
      years.set(year, { ...sums, [when]: sums[when] + won });
      whole[when] += won;
    };
    for (const row of rows) {
      const { month = row.month, units: units2 = row.units } = edits[row.number] ?? {};
      add("before", row.month, row.won[COST]);
      add("after", month, moneyFor(row, units2)[COST]);
    }
    const differing = [...years].filter(([, { before, after }]) => before !== after).sort();
    return { years: differing, whole };
  };
  var spentIn = (workbook, row, payer, spent, start) => {
    const filled2 = spentFor(workbook, row).filter((number4) => spent[number4][payer] > 0);
    const year = Number(monthText(start, row.month).slice(0, 4));
    const then = filled2.filter((number4) => workbook.spending[number4].year === year);
    return then.reduce((sum, number4) => sum + spent[number4][payer], 0) >= row.won[payer] ? then : filled2;
  };
  var spendingFor = (workbook, edits, start) => {
    const spent = workbook.spending.map(({ won }) => ({ ...won }));
    for (const row of workbook.rows) {
      const units2 = edits[row.number]?.units;
      if (units2 === void 0 || units2 === row.units) continue;
      const money2 = moneyFor(row, units2);
      for (const payer of payersOf(row.won)) {
        const pool = spentIn(workbook, row, payer, spent, start);
        const held = pool.map((number4) => spent[number4][payer]);
        const total = held.reduce((sum, won) => sum + won, 0) + money2[payer] - row.won[payer];
        if (pool.length && total >= 0)
          apportioned(total, held).forEach((won, at2) => {
            spent[pool[at2]][payer] = won;
          });
      }
    }
    return spent;
  };
  var inUnit = (won, unit) => {
    const digits = String(unit).length - 1;
    if (!digits) return String(won);
    const text = String(won).padStart(digits + 1, "0");
    const whole = text.slice(0, -digits);
    let rest = text.slice(-digits);
    while (rest.endsWith("0")) rest = rest.slice(0, -1);
    return rest ? `${whole}.${rest}` : whole;
  };
  var monthIn = (cell, month, from1904) => {
    if (cell.type !== "n" && cell.type !== "d") return { value: month, kind: "text" };
    const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
    const serial = Number(cell.value);
    const before = cell.type === "d" ? new Date(String(cell.value)) : new Date(epoch + Math.floor(serial) * DAY_MS);
    const [year, number4] = month.split("-").map(Number);
    const day = Math.min(before.getUTCDate(), new Date(Date.UTC(year, number4, 0)).getUTCDate());
    if (cell.type === "d") return { value: `${month}-${String(day).padStart(2, "0")}`, kind: "day" };
    const date = (Date.UTC(year, number4 - 1, day) - epoch) / DAY_MS;
    return { value: String(date + serial - Math.floor(serial)), kind: "number" };
  };
  var cellsFor = (workbook, row, matter) => {
    const { names, letters, spending } = workbook;
    const own = {
      month: ["opens"],
      zone: row.site ? ["zone", "site"] : ["zone"],
      units: ["units", ...Object.keys(row.won)]
    }[matter];
    const spent = matter === "units" ? spentFor(workbook, row) : [];
    const payers = payersOf(row.won).filter((payer) => row.won[payer] > 0);
    return [
      ...own.map((column) => ({ sheet: names[row.part], at: letters[row.part][column] + row.row })),
      ...spent.flatMap(
        (number4) => payers.filter((payer) => spending[number4].won[payer] > 0).map((payer) => ({ sheet: names.funding, at: letters.funding[payer] + spending[number4].row }))
      )
    ];
  };
  var formulasFor = (book, workbook, row, matter) => {
    const cells = cellsFor(workbook, row, matter);
    const absent = cells.some(({ sheet, at: at2 }) => !cellAt(book, sheet, at2));
    if (absent || matter === "zone" && (row.part !== "diffusion" || !row.zone)) return null;
    return cells.filter(({ sheet, at: at2 }) => heldAt(book, sheet, at2).formula);
  };
  var canChange = (book, workbook, row, matter) => formulasFor(book, workbook, row, matter)?.length === 0;
  var changesFor = (book, workbook, edits, start) => {
    const { names, letters, unit } = workbook;
    const changes = [];
    const cellOf = (sheet, column, row) => heldAt(book, names[sheet], letters[sheet][column] + row);
    const write = (sheet, cell, value, kind = (
      /** @type {Change["kind"]} */
      "text"
    )) => changes.push({ sheet: names[sheet], at: cell.at, value, kind });
    const writeNumber = (sheet, column, row, digits) => {
      const cell = cellOf(sheet, column, row);
      write(sheet, cell, digits, cell.type === "n" ? "number" : "text");
    };
    const pay = (sheet, row, before, after) => {
      for (const [column, won] of Object.entries(after))
        if (won !== before[column]) writeNumber(sheet, column, row, inUnit(won, unit));
    };
    for (const row of workbook.rows) {
      const { month, zone, units: units2 } = edits[row.number] ?? {};
      if (month !== void 0 && month !== row.month) {
        const cell = cellOf(row.part, "opens", row.row);
        const { value, kind } = monthIn(cell, monthText(start, month), book.from1904);
        write(row.part, cell, value, kind);
      }
      if (zone !== void 0 && zone !== row.zone) {
        const name = workbook.zones.find(({ id }) => id === zone)?.written ?? zone;
        write(row.part, cellOf(row.part, "zone", row.row), row.coded ? zone : name);
        if (row.site) write(row.part, cellOf(row.part, "site", row.row), ANYWHERE2);
      }
      if (units2 !== void 0 && units2 !== row.units) {
        writeNumber(row.part, "units", row.row, String(units2));
        pay(row.part, row.row, row.won, moneyFor(row, units2));
      }
    }
    spendingFor(workbook, edits, start).forEach((won, number4) => {
      const { row, won: before } = workbook.spending[number4];
      pay("funding", row, before, won);
    });
    return changes;
  };

  // lib/codec.js
  var varints = (bytes) => {
    let count = 0;
    for (const byte of bytes) count += byte < 128 ? 1 : 0;
    const out = new Float64Array(count);
    for (let at2 = 0, number4 = 0; number4 < count; number4++) {
      let value = 0, scale = 1, byte;
      do {
        byte = bytes[at2++];
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte > 127);
      out[number4] = value % 2 ? -(value + 1) / 2 : value / 2;
    }
    return out;
  };
  var cumulated = (steps) => {
    const out = new Int32Array(steps.length);
    let sum = 0;
    for (let i2 = 0; i2 < steps.length; i2++) out[i2] = sum += steps[i2];
    return out;
  };
  var SHARE_OF_CODE = Float32Array.from({ length: 256 }, (_, code) => (code / 255) ** 2);
  var decodeFrames = (bytes, times) => {
    const cells = bytes.length / times;
    const all = new Uint8Array(bytes.length);
    for (let cell = 0, at2 = 0; cell < cells; cell++) {
      let code = 0;
      for (let time = 0; time < times; time++) {
        code = code + bytes[at2++] & 255;
        all[time * cells + cell] = code;
      }
    }
    return Array.from({ length: times }, (_, time) => all.subarray(time * cells, (time + 1) * cells));
  };

  // lib/isolated.js
  var TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;
  var isolated = (text) => TURNS.test(text) ? `⁨${text.replace(/[\u2066-\u2069]/g, "")}⁩` : text;

  // lib/page.js
  var page = {
    config: (
      /** @type {any} */
      null
    ),
    texts: {},
    messages: {},
    terms: {},
    language: "ko",
    state: {},
    renderers: [],
    headButtons: []
  };
  var readState = () => {
    page.state = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    if (page.state.lang === "en" || page.state.lang === "ko") page.language = page.state.lang;
  };
  var keepState = (changes) => {
    Object.assign(page.state, changes);
    const known2 = Object.entries(page.state).filter(([, value]) => value !== null && value !== void 0 && value !== "");
    history.replaceState(null, "", `#${new URLSearchParams(known2)}`);
  };
  var setLanguage = (language) => {
    page.language = language;
    document.documentElement.lang = language;
    keepState({ lang: language });
    render();
  };
  var onRender = (draw) => page.renderers.push(draw);
  var render = () => page.renderers.forEach((draw) => draw());
  var listeners = /* @__PURE__ */ new Map();
  var on = (topic2, act2) => listeners.set(topic2, act2);
  var emit = (topic2, ...values) => listeners.get(topic2)?.(...values);

  // lib/remarks.js
  var LISTED = 10;
  var DIGITS_MAX = 9;
  var NOISE = 1e-9;
  var numbers = /* @__PURE__ */ new Map();
  var fixed = (value, digits) => {
    if (!numbers.has(digits)) {
      const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      numbers.set(digits, new Intl.NumberFormat("en", exactly));
    }
    return numbers.get(digits).format(value);
  };
  var enough = (value, digits, limit) => {
    let places = digits;
    while (limit !== null && value !== limit && places < DIGITS_MAX && fixed(value, places) === fixed(limit, places))
      places++;
    return places;
  };
  var figure = (value, digits, limit = null) => fixed(value, enough(value, digits, limit));
  var percent = (share, digits, limit) => {
    const places = enough(share * 100, digits, limit === null ? null : limit * 100);
    const shown = fixed(share * 100, places);
    const step = 10 ** -places;
    if (share > NOISE && Number(shown) === 0) return `< ${fixed(step, places)}%`;
    if (share < 1 - NOISE && shown === fixed(100, places)) return `> ${fixed(100 - step, places)}%`;
    return `${shown}%`;
  };
  var trimmed = (text) => text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  var written2 = (value, digits = 10) => Number(value.toPrecision(digits)).toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 });
  var stated = (value) => Number(value.toPrecision(10)).toLocaleString("en", { maximumFractionDigits: 20 });
  var signed = (value, digits) => {
    const size = fixed(Math.abs(value), digits);
    return Number(size) === 0 ? size : `${value > 0 ? "+" : "−"}${size}`;
  };
  var money = (krw, limit, say) => {
    const ko = page.language === "ko";
    const part = ko ? 1e8 : 1e9;
    const amount = say(krw / part, ko ? 2 : 3, limit === null ? null : limit / part);
    return ko ? `${amount}억원` : `KRW ${amount} bn`;
  };
  var FORMATS = {
    "": (value) => Number.isInteger(value) ? String(value) : written2(value),
    ",": (value) => fixed(value, 0),
    ",.1f": (value) => fixed(value, 1),
    ",.2f": (value) => fixed(value, 2),
    ",.3f": (value) => fixed(value, 3),
    g: (value) => written2(value, 6),
    figure: (value, limit) => figure(value, 2, limit),
    signed: (value) => signed(value, 3),
    percent: (share, limit) => percent(share, 1, limit),
    percent0: (share, limit) => percent(share, 0, limit),
    share: (share, limit) => percent(share, Math.abs(share) >= 0.01 || share === 0 ? 1 : 2, limit),
    stated_percent: (share) => `${written2(share * 100)}%`,
    money: (krw, limit) => money(krw, limit, (value, digits, most) => trimmed(figure(value, digits, most))),
    stated_money: (krw) => money(krw, null, stated),
    area: (m2, limit) => `${trimmed(figure(m2 / 1e6, 2, limit === null ? null : limit / 1e6))} km²`,
    stated_area: (m2) => `${stated(m2 / 1e6)} km²`
  };
  var topic = (name) => {
    const last = [...name].filter((letter) => !` )"'`.includes(letter)).pop() ?? "";
    if (last >= "가" && last <= "힣") return (last.charCodeAt(0) - "가".charCodeAt(0)) % 28 ? "은" : "는";
    if (last >= "0" && last <= "9") return "013678".includes(last) ? "은" : "는";
    return "은(는)";
  };
  var term = (code) => page.terms[code]?.[page.language] ?? code;
  var said = (value, how, limit) => {
    if (Array.isArray(value)) {
      const shown = how === "all" ? value : value.slice(0, LISTED);
      const parts2 = shown.map((one) => said(one, how === "all" ? "" : how, limit));
      return [...parts2, ...value.length > shown.length ? ["…"] : []].join(", ");
    }
    if (typeof value === "number") return FORMATS[how](value, limit);
    if (value.code) return remarkText(value);
    const text = typeof value === "string" ? value : value[page.language];
    if (how === "topic" && page.language === "ko") return isolated(text) + topic(text);
    return isolated(how === "term" ? term(text) : text);
  };
  var remarkText = ({ code, values }) => page.messages[code][page.language].map(
    (part) => typeof part === "string" ? part : said(values[part[0]], part[1], part[2] ? values[part[2]] ?? null : null)
  ).join("");

  // lib/texts.js
  var t = (key, values = {}) => {
    const entry = page.texts[key];
    if (!entry) throw new Error(`no text for ${key}`);
    return entry[page.language].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  };
  var filled = (key, values) => page.texts[key][page.language].split(/\{(\w+)\}/g).map((part, at2) => at2 % 2 ? values[part] : part);
  var asWritten = (text) => {
    if (text === null || text === void 0) return "";
    if (typeof text === "string") return text;
    if (Array.isArray(text)) return text.map(asWritten).join("; ");
    return "code" in text ? remarkText(text) : text[page.language];
  };
  var localised = (text) => isolated(asWritten(text));

  // lib/dom.js
  var h = (tag, attributes = {}, ...children) => {
    const svg = [
      "svg",
      "g",
      "path",
      "rect",
      "line",
      "text",
      "circle",
      "pattern",
      "defs",
      "title",
      "polyline",
      "use"
    ].includes(tag);
    const element2 = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === void 0 || value === false) continue;
      if (name.startsWith("on")) element2.addEventListener(name.slice(2), value);
      else if (name === "style") Object.assign(element2.style, value);
      else if (name === "value" || name === "checked" || name === "disabled" || name === "selected")
        element2[name] = value;
      else element2.setAttribute(name, value === true ? "" : value);
    }
    element2.append(
      ...children.flat(Infinity).filter((child) => child !== null && child !== void 0 && child !== false)
    );
    return element2;
  };
  var replaceParts = (parent, ...children) => {
    const active = (
      /** @type {HTMLElement} */
      document.activeElement
    );
    const held = parent.contains(active) ? active : null;
    const again = !held ? null : held.id ? `#${CSS.escape(held.id)}` : held.dataset.id ? `[data-id="${CSS.escape(held.dataset.id)}"]` : null;
    parent.replaceChildren(...children.flat(Infinity).filter((child) => child));
    const found = again ? (
      /** @type {HTMLElement | null} */
      parent.querySelector(again)
    ) : null;
    found?.focus({ preventScroll: true });
  };
  var bdi = (text, title = null) => {
    const written3 = asWritten(text);
    const [begun, ended] = [/[\u2066-\u2068]/g, /\u2069/g].map((marks2) => written3.match(marks2)?.length ?? 0);
    return h(
      "bdi",
      { title },
      begun === ended ? written3.replace(/^\u2068([^\u2066-\u2069]*)\u2069$/, "$1") : written3.replace(/[\u2066-\u2069]/g, "")
    );
  };

  // lib/download.js
  var download = (name, content, type) => {
    const link = h("a", {
      href: URL.createObjectURL(new Blob([
        /** @type {BlobPart} */
        content
      ], { type })),
      download: name
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e3);
  };

  // lib/csv.js
  var csvText = (rows) => "\uFEFF" + rows.map(
    (row) => row.map((value) => {
      if (value === null || value === void 0) return "";
      if (typeof value === "number") return String(value);
      const text = page.config.formula.some((sign) => value.startsWith(sign)) ? `'${value}` : value;
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    }).join(",")
  ).join("\r\n") + "\r\n";
  var downloadText = (name, text) => download(name, text, "text/csv");

  // lib/data.js
  var readJson = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
  var readBlob = async (name) => {
    const element2 = document.getElementById(`blob-${name}`);
    if (!element2) return null;
    const packed = Uint8Array.from(atob(element2.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  // map/mercator.js
  var SPHERE_M = 6378137;

  // map/canvas.js
  var HALF = Math.PI * SPHERE_M;
  var CanvasLayer = L.Layer.extend({
    options: { pane: "overlayPane", margin: 0.15, sharp: true },
    initialize(draw, options) {
      this.draw = draw;
      L.setOptions(this, options);
    },
    onAdd(map) {
      this.canvas = h("canvas", { class: "leaflet-zoom-animated", "aria-hidden": "true" });
      map.getPane(this.options.pane).append(this.canvas);
      map.on("moveend zoomend resize viewreset", this.redraw, this);
      map.on("zoomanim", this.animate, this);
      this.redraw();
    },
    onRemove(map) {
      map.off("moveend zoomend resize viewreset", this.redraw, this);
      map.off("zoomanim", this.animate, this);
      this.canvas.remove();
    },
    redraw() {
      const map = this._map;
      const size = map.getSize();
      this.canvas.hidden = !size.x || !size.y;
      this.frame = null;
      if (this.canvas.hidden) return;
      const margin = size.multiplyBy(this.options.margin).round();
      const dense = this.options.sharp ? window.devicePixelRatio || 1 : 1;
      const width = size.x + 2 * margin.x, height = size.y + 2 * margin.y;
      this.canvas.width = Math.round(width * dense);
      this.canvas.height = Math.round(height * dense);
      Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
      const corner = map.containerPointToLayerPoint([-margin.x, -margin.y]);
      L.DomUtil.setPosition(this.canvas, corner);
      this.bounds = L.latLngBounds(map.layerPointToLatLng(corner), map.layerPointToLatLng(corner.add([width, height])));
      const scale = 256 * 2 ** map.getZoom() / (2 * HALF);
      const pixel = map.getPixelOrigin().add(corner);
      this.frame = { width, height, dense, scale, x: pixel.x / scale - HALF, y: HALF - pixel.y / scale };
      this.paint();
    },
    paint() {
      if (!this.frame) return;
      const context = this.canvas.getContext("2d");
      context.setTransform(this.frame.dense, 0, 0, this.frame.dense, 0, 0);
      context.clearRect(0, 0, this.frame.width, this.frame.height);
      this.draw(context, this.frame);
    },
    animate(event) {
      if (!this.frame) return;
      const scale = this._map.getZoomScale(event.zoom);
      const offset = this._map._latLngToNewLayerPoint(this.bounds.getNorthWest(), event.zoom, event.center);
      L.DomUtil.setTransform(this.canvas, offset, scale);
    }
  });
  var decodePath = (bytes) => {
    const values = varints(bytes);
    const path = new Path2D();
    const parts2 = values[0];
    let at2 = 1 + parts2, x2 = 0, y = 0;
    for (let part = 0; part < parts2; part++) {
      for (let point = 0; point < values[1 + part]; point++) {
        x2 += values[at2++];
        y += values[at2++];
        if (point) path.lineTo(x2, y);
        else path.moveTo(x2, y);
      }
    }
    return path;
  };
  var toLatLng = (x2, y) => L.Projection.SphericalMercator.unproject(L.point(x2, y));

  // map/palette.js
  var STYLE = {
    water: { fill: "#c9dde8" },
    green: { fill: "#dfe9d8" },
    industrial: { fill: "#e6e3ea" },
    boundary: { line: "#5b6670", width: 1.6 },
    rail: { line: "#8a8f98", width: 1.1, dash: [5, 3] },
    street_minor: { line: "#c3c7cb", width: 0.7, fromZoom: 12.5 },
    street_major: { line: "#a9afb5", width: 1.5 }
  };
  var SEQUENTIAL = [
    "#eef3d2",
    "#cfe4b8",
    "#a3d1b0",
    "#72b9b1",
    "#479db0",
    "#2c7fa8",
    "#255f98",
    "#253f7d",
    "#201f55"
  ];
  var DIVERGING = [
    "#1f4e8c",
    "#4f7fb8",
    "#8fb0d6",
    "#cbdaea",
    "#f1f0ec",
    "#f6d7b4",
    "#eaa968",
    "#cc7526",
    "#8f4708"
  ];
  var SERIES = ["#1b4f8f", "#c2620c", "#4a7f3a", "#8b3d7c"];
  var ramp = (count, set = SEQUENTIAL) => Array.from({ length: count }, (_, i2) => set[Math.round(i2 * (set.length - 1) / Math.max(1, count - 1))]);
  var rgba = (hex, alpha = 215) => {
    const value = parseInt(hex.slice(1), 16);
    return (alpha << 24 | (value & 255) << 16 | (value >> 8 & 255) << 8 | value >> 16) >>> 0;
  };
  var classOf = (value, breaks) => {
    let at2 = 0;
    while (at2 < breaks.length && value >= breaks[at2]) at2++;
    return at2;
  };

  // map/scene.js
  var scene = { map: null, cells: null, backdrop: [], tilesOn: false, marked: () => [] };

  // map/cells.js
  var layGrid = async () => {
    const { grid } = page.config;
    const places = cumulated(varints(await readBlob("grid")));
    const cellAt2 = new Int32Array(grid.rows * grid.columns).fill(-1);
    places.forEach((place, cell) => cellAt2[place] = cell);
    const lattice = new Float32Array((await readBlob("lattice")).buffer);
    scene.cells = { places, cellAt: cellAt2, lattice, zone: cumulated(varints(await readBlob("zone-of-cell"))) };
  };
  var cellIndex = (frame) => {
    const { lattice: grid0, grid } = page.config;
    const { lattice, cellAt: cellAt2 } = scene.cells;
    const width = Math.round(frame.width), height = Math.round(frame.height);
    const index = new Int32Array(width * height).fill(-1);
    const metre = 1 / frame.scale;
    for (let py = 0; py < height; py++) {
      const v = (grid0.north - (frame.y - (py + 0.5) * metre)) / grid0.step_y;
      if (v < 0 || v >= grid0.rows - 1) continue;
      const row = Math.floor(v), fv = v - row;
      const first = Math.max(0, Math.ceil((grid0.west - frame.x) * frame.scale - 0.5));
      for (let px = first; px < width; px++) {
        const u = (frame.x + (px + 0.5) * metre - grid0.west) / grid0.step_x;
        if (u >= grid0.columns - 1) break;
        const column = Math.floor(u), fu = u - column;
        const at2 = 2 * (row * grid0.columns + column), below = at2 + 2 * grid0.columns;
        const a = (1 - fu) * (1 - fv), b = fu * (1 - fv), c = (1 - fu) * fv, d = fu * fv;
        const x2 = a * lattice[at2] + b * lattice[at2 + 2] + c * lattice[below] + d * lattice[below + 2];
        const y = a * lattice[at2 + 1] + b * lattice[at2 + 3] + c * lattice[below + 1] + d * lattice[below + 3];
        const i2 = Math.floor(x2 / grid.size), j = Math.floor(y / grid.size);
        if (i2 >= 0 && j >= 0 && i2 < grid.columns && j < grid.rows) index[py * width + px] = cellAt2[j * grid.columns + i2];
      }
    }
    return index;
  };
  var cellUnder = (latlng) => {
    const { x: x2, y } = L.Projection.SphericalMercator.project(latlng);
    return cellIndex({ width: 1, height: 1, scale: 1e3, x: x2 - 5e-4, y: y + 5e-4 })[0];
  };
  var drawBorders = (pixels, index, band3, width) => {
    const line = rgba("#1d252c", 255);
    const of = (at2) => index[at2] < 0 ? 0 : band3[index[at2]];
    for (let at2 = 0; at2 < index.length - width - 1; at2++) {
      if (of(at2) !== of(at2 + 1) || of(at2) !== of(at2 + width)) pixels[at2] = line;
    }
  };
  var cellLayer = (colours, bands = () => null) => {
    let indexed = null, index = null, image = null;
    const layer = new CanvasLayer(
      (context, frame) => {
        const width = Math.round(frame.width), height = Math.round(frame.height);
        if (indexed !== frame) {
          index = cellIndex(frame);
          image = new ImageData(width, height);
          indexed = frame;
        }
        const [left, right, split] = colours(frame);
        const pixels = new Uint32Array(image.data.buffer);
        const edge = right ? Math.max(0, Math.min(width, Math.round(split))) : width;
        for (let row = 0, at2 = 0; row < height; row++) {
          for (const end = at2 + edge; at2 < end; at2++) pixels[at2] = index[at2] < 0 ? 0 : left[index[at2]];
          for (const end = (row + 1) * width; at2 < end; at2++) pixels[at2] = index[at2] < 0 ? 0 : right[index[at2]];
        }
        const band3 = bands();
        if (band3) drawBorders(pixels, index, band3, width);
        context.putImageData(image, 0, 0);
      },
      { pane: "cells", sharp: false, margin: 0.1 }
    );
    return layer;
  };

  // map/view.js
  var besideLegend = (map, box) => {
    const stage = map.getContainer().getBoundingClientRect();
    const legend = document.getElementById("legend")?.getBoundingClientRect();
    const plain = { corner: L.point(12, 12), opposite: L.point(12, 30) };
    if (!legend?.height || legend.top >= stage.bottom - 1) return plain;
    const above = { corner: plain.corner, opposite: L.point(12, stage.bottom - legend.top + 8) };
    const right = { corner: L.point(legend.right - stage.left + 8, 12), opposite: plain.opposite };
    const fits = ({ corner, opposite }) => {
      const room = map.getSize().subtract(corner).subtract(opposite);
      return room.x > 0 && room.y > 0 ? map.getBoundsZoom(box, false, corner.add(opposite)) : -Infinity;
    };
    const best = fits(right) > fits(above) ? right : above;
    return fits(best) > -Infinity ? best : plain;
  };
  var view = { box: null, whole: false, moving: false, drawn: false };
  var printing = matchMedia("print");
  var home = () => {
    const { map } = scene;
    if (!view.box || printing.matches) return;
    view.moving = true;
    map.invalidateSize({ animate: false });
    const size = map.getSize();
    if (size.x >= 60 && size.y >= 60) {
      map.setMaxBounds(null);
      map.setMinZoom(0);
      const { corner, opposite } = besideLegend(map, view.box);
      map.fitBounds(view.box, { animate: false, paddingTopLeft: corner, paddingBottomRight: opposite });
      map.setMinZoom(Math.floor(map.getZoom()) - 1);
      map.setMaxBounds(map.getBounds().extend(view.box).pad(0.6));
      view.whole = true;
    }
    view.moving = false;
    if (document.documentElement.dataset.ready) keepState({ at: "" });
  };
  var settle = () => view.whole && home();
  var lookAt = (asked) => {
    if (asked.length !== 3 || !asked.every(Number.isFinite) || !view.box.pad(0.6).contains(asked.slice(0, 2))) return;
    scene.map.setView(asked.slice(0, 2), asked[2], { animate: false });
    view.drawn = true;
  };
  var followView = (map, box) => {
    view.box = box;
    map.on("movestart zoomstart", () => view.moving || (view.whole = false));
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      if (!view.moving) keepState({ at: view.whole ? "" : [lat.toFixed(5), lng.toFixed(5), map.getZoom()].join("_") });
    });
    new ResizeObserver(() => {
      if (printing.matches) return;
      if (view.drawn && !view.whole) return void map.invalidateSize({ animate: false });
      home();
      view.drawn = view.whole;
    }).observe(map.getContainer());
  };

  // ui/begin.js
  var begin = (place) => {
    page.config = readJson("config");
    page.texts = readJson("texts");
    Object.assign(page, readJson("remarks"));
    readState();
    document.documentElement.lang = page.language;
    if (typeof DecompressionStream !== "undefined") return true;
    document.getElementById(place).replaceChildren(h("p", { class: "note strong" }, t("old.browser")));
    return false;
  };
  var showParts = (store2, tools) => document.dispatchEvent(
    new CustomEvent("geojeom:parts", {
      detail: { page, store: store2, tools: { h, both: localised, ...tools } }
    })
  );

  // ui/legend.js
  var makeLegend = (title, entries, notes = []) => {
    const swatch = (entry) => {
      const box = h(
        "svg",
        { width: 22, height: 14, "aria-hidden": "true" },
        entry.line ? h("line", {
          x1: 0,
          x2: 22,
          y1: 7,
          y2: 7,
          stroke: entry.colour,
          "stroke-width": 2.5,
          "stroke-dasharray": entry.dash
        }) : h("rect", {
          x: 0.5,
          y: 0.5,
          width: 21,
          height: 13,
          fill: entry.hatch ? "url(#hatch)" : entry.colour,
          stroke: "#7a828a",
          "stroke-width": 0.6
        })
      );
      return h("li", {}, box, h("span", {}, entry.label));
    };
    return [h("h2", {}, title), h("ul", {}, entries.map(swatch)), notes.filter(Boolean).map((note) => h("p", {}, note))];
  };
  var makeStrip = (title, colours, labels2, entries = []) => {
    const width = 264, each = (width - 16) / colours.length;
    const shift = labels2.length === colours.length ? 0.5 : 1;
    const strip = h(
      "svg",
      { viewBox: `0 0 ${width} 30`, class: "strip", role: "img", "aria-label": `${title}: ${labels2.join(", ")}` },
      colours.map(
        (fill, k) => h("rect", {
          x: 8 + k * each,
          y: 0.5,
          width: each,
          height: 13,
          fill,
          stroke: colours.length > 24 ? null : "#7a828a",
          "stroke-width": 0.5
        })
      ),
      labels2.map((label, k) => h("text", { x: 8 + (k + shift) * each, y: 26, "text-anchor": "middle" }, label))
    );
    return [...makeLegend(title, []).slice(0, 1), strip, ...makeLegend("", entries).slice(1, 2)];
  };

  // ui/picker.js
  var makePicker = (id, label, choices, value, act2) => {
    const option2 = ([key, text]) => h("option", { value: key, selected: key === value }, text);
    return h(
      "label",
      { class: "picker", for: id },
      h("span", {}, label),
      h(
        "select",
        { id, onchange: (event) => act2(event.target.value) },
        choices.map(
          (entry) => Array.isArray(entry) ? option2(entry) : h("optgroup", { label: entry.group }, entry.choices.map(option2))
        )
      )
    );
  };

  // ui/scenario.js
  var anyOwn = () => page.config.scenarios.some((scenario) => scenario.own);
  var planName = (scenario) => {
    const name = localised(scenario.name);
    return anyOwn() && !scenario.own ? t("scenario.template", { name }) : name;
  };

  // lib/format.js
  var formats = /* @__PURE__ */ new Map();
  var format = (digits) => {
    const key = `${page.language} ${digits}`;
    if (!formats.has(key))
      formats.set(
        key,
        new Intl.NumberFormat(page.language === "ko" ? "ko-KR" : "en-GB", {
          minimumFractionDigits: 0,
          maximumFractionDigits: digits
        })
      );
    return formats.get(key);
  };
  var formatNumber = (value, digits = 0) => {
    if (value === null || value === void 0 || Number.isNaN(value)) return "–";
    const text = format(digits).format(value);
    return text === "-0" ? "0" : text;
  };
  var formatFixed = (value, digits) => value === null || value === void 0 ? "–" : value.toFixed(digits);
  var formatPercent = (share, digits = 1, unlike = null) => {
    if (share === null || share === void 0 || Number.isNaN(share)) return "–";
    const shown = (value, places2) => formatNumber(value * 100, places2);
    let places = digits;
    while (unlike !== null && share !== unlike && places < DIGITS_MAX2 && shown(share, places) === shown(unlike, places))
      places++;
    const step = 10 ** -places;
    if (share > NOISE2 && shown(share, places) === "0") return `< ${formatNumber(step, places)}%`;
    if (share < 1 - NOISE2 && shown(share, places) === "100") return `> ${formatNumber(100 - step, places)}%`;
    return `${shown(share, places)}%`;
  };
  var DIGITS_MAX2 = 9;
  var NOISE2 = 1e-9;
  var formatStatedPercent = (share) => formatPercent(share, DIGITS_MAX2);
  var formatMoney = (krw) => page.language === "ko" ? `${formatNumber(krw / 1e8, 2)}억원` : `KRW ${formatNumber(krw / 1e9, 3)} bn`;
  var unitLabel = (unit) => {
    const entry = page.texts[`unit.${unit}`];
    return entry ? entry[page.language] : unit === "1" || !unit ? "" : unit;
  };
  var formatUnits = (n, unit) => formatNumber(n) + (unit === "km" ? " " : /^\d/.test(unit) || page.language !== "ko" || unit.length > 3 ? " × " : "") + unit;
  var YES_NO = "yes (1) / no (0)";
  var withUnit = (figure3, label) => `${figure3}${!label || page.language === "ko" && /^[가-힣]/.test(label) ? "" : " "}${label}`;

  // ui/dialog.js
  var makeDialog = (id, titleKey, draw) => {
    const dialog = h("dialog", { id, "aria-labelledby": `${id}-title` });
    document.body.append(dialog);
    const fill = () => {
      replaceParts(
        dialog,
        h(
          "header",
          {},
          h("h2", { id: `${id}-title` }, t(titleKey)),
          h("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => dialog.close() }, "×")
        ),
        h("div", { class: "body", tabindex: "0" }, draw())
      );
    };
    onRender(() => dialog.open && fill());
    return () => {
      fill();
      dialog.showModal();
    };
  };

  // ui/table.js
  var makeTable = (head, rows, attributes = {}) => {
    const cell = (value, tag) => {
      const plain = value === null || value === void 0 || typeof value !== "object" || value instanceof Node || Array.isArray(value);
      const { text, ...rest } = plain ? { text: value } : value;
      const name = rest.head ? "th" : tag;
      return h(
        name,
        {
          class: rest.class,
          title: rest.title,
          scope: name === "th" ? tag === "th" ? "col" : "row" : null,
          colspan: rest.span
        },
        text ?? ""
      );
    };
    return h(
      "table",
      attributes,
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((value) => cell(value, "th"))
        )
      ),
      h(
        "tbody",
        {},
        rows.map(
          (row) => h(
            "tr",
            {},
            row.map((value) => cell(value, "td"))
          )
        )
      )
    );
  };

  // ui/sources.js
  var zoneWord = () => page.config.zones.some((zone) => zone.labelled) ? t("zones.zone") : t("zones.square", { km: formatNumber(page.config.zoneSquareM / 1e3) });
  var sourceName = (key) => {
    const [, kind, number4] = key.match(/^(\w+)(?:\[(\d+)\])?/) ?? [null, key];
    const name = page.texts[`source.${kind}`] ? t(`source.${kind}`) : kind;
    return number4 === void 0 ? name : `${name} ${Number(number4) + 1}`;
  };
  var credits = (...keys2) => {
    const vintages = /* @__PURE__ */ new Map();
    for (const { key, attribution, vintage } of page.config.sources.sources ?? []) {
      const holder = localised(attribution);
      if (!holder || keys2.length && !keys2.some((name) => key.startsWith(name))) continue;
      vintages.set(holder, (vintages.get(holder) ?? /* @__PURE__ */ new Set()).add(vintage));
    }
    const dated = ([holder, all]) => {
      const when = [...all].filter(Boolean).sort().join(", ");
      return when ? `${holder} (${when})` : holder;
    };
    return [...vintages].map(dated).join(" · ") || "–";
  };
  var sourceTables = () => {
    const { sources = [], missing = [], estimates = [], warnings = [] } = page.config.sources;
    return [
      warnings.length > 0 && [
        h("h3", {}, t("data.warnings")),
        h(
          "ul",
          { class: "warnings" },
          warnings.map((item) => h("li", {}, bdi(localised(item))))
        )
      ],
      h("h3", {}, t("data.missing")),
      columnsNoted(missing.map(({ name, consequence }) => [name, consequence])),
      h("h3", {}, t("data.estimates")),
      columnsNoted(estimates.map(({ name, note }) => [name, note])),
      h("h3", {}, t("data.sources")),
      makeTable(
        [t("data.key"), t("data.attribution"), t("data.vintage"), t("data.licence"), t("data.kept"), t("data.dropped")],
        sources.map(sourceRow),
        { class: "wide" }
      ),
      page.config.run && h("p", { class: "note" }, bdi(page.config.run))
    ];
  };
  var columnsNoted = (items) => {
    if (!items.length) return h("p", {}, t("data.none"));
    return h(
      "ul",
      {},
      items.map(([name, text]) => h("li", {}, h("b", {}, bdi(name)), " — ", bdi(text)))
    );
  };
  var sourceRow = (source) => {
    const { sha256, vintage } = source;
    const hash = sha256 && h("small", { class: "hash", title: `SHA-256 ${sha256}` }, `SHA-256 ${sha256.slice(0, 12)}…`);
    const tally = (counts = []) => counts.map((reason) => `${localised(reason)}: ${formatNumber(reason.number)}`).join(" · ");
    const notes = (source.notes ?? []).map(localised);
    const said2 = [tally(source.dropped), tally(source.repaired), ...notes].filter(Boolean).join(" · ");
    const file = h("small", {}, bdi((source.path ?? "").split("/").pop()));
    const covers = Number.isFinite(source.covers) && h("small", {}, t("data.covers", { share: formatPercent(source.covers) }));
    return [
      { text: [bdi(source.name ?? sourceName(source.key)), file, hash].filter(Boolean), head: true },
      bdi(source.attribution || "–"),
      { text: bdi(vintage || "–"), class: (vintage ?? "").length <= 10 ? "vintage" : null },
      bdi(source.licence || "–"),
      { text: [`${formatNumber(source.kept)} / ${formatNumber(source.read)}`, covers].filter(Boolean), class: "number" },
      [bdi(said2 || "–")]
    ];
  };
  var opener = null;
  var openData = () => {
    opener ??= makeDialog("data", "data.title", () => [
      page.config.region.synthetic && h("p", { class: "note strong" }, t("synthetic.long")),
      (page.config.notSimulated ?? []).length > 0 && [
        h("h3", {}, t("data.notSimulated")),
        h(
          "ul",
          {},
          page.config.notSimulated.map((item) => h("li", {}, h("b", {}, bdi(item.name)), " — ", bdi(item.reason)))
        )
      ],
      sourceTables()
    ]);
    opener();
  };

  // map/ground.js
  var PANES = { land: 210, cells: 310, lines: 330, labels: 450 };
  var labels = null;
  var relabel = () => labels?.paint();
  var layGround = async (map) => {
    const { bounds, zones } = page.config;
    map.options.maxZoom = 18;
    for (const [pane, z] of Object.entries(PANES)) {
      map.createPane(pane).style.zIndex = z;
      map.getPane(pane).style.pointerEvents = "none";
    }
    followView(map, L.latLngBounds(toLatLng(bounds[0], bounds[1]), toLatLng(bounds[2], bounds[3])));
    const paths = { zones: decodePath(await readBlob("zones")) };
    for (const layer2 of Object.keys(STYLE)) {
      const bytes = await readBlob(`backdrop-${layer2}`);
      if (bytes) paths[layer2] = decodePath(bytes);
    }
    const layer = (names, pane) => new CanvasLayer(drawBackdrop(map, paths, names), { pane });
    scene.backdrop = [
      layer(["green", "industrial", "water"], "land"),
      layer(["street_minor", "street_major", "rail", "zones", "boundary"], "lines")
    ];
    scene.backdrop.forEach((each) => each.addTo(map));
    const named2 = zones.filter((zone) => zone.labelled).sort((a, b) => b.weight - a.weight);
    if (named2.length) labels = new CanvasLayer(drawLabels(map, named2), { pane: "labels" }).addTo(map);
    await layGrid();
  };
  var zoneStyle = () => ({
    line: page.config.zones.some((zone) => zone.labelled) ? "#6b7580" : "#b4bbc1",
    width: 0.9,
    dash: [4, 3]
  });
  var drawBackdrop = (map, paths, layers) => (context, frame) => {
    const { origin } = page.config;
    const { scale } = frame;
    const zoom = map.getZoom();
    const thick = Math.min(2.2, Math.max(0.55, 2 ** ((zoom - 12.5) / 2.5)));
    context.save();
    context.transform(scale, 0, 0, -scale, (origin[0] - frame.x) * scale, (frame.y - origin[1]) * scale);
    context.lineJoin = "round";
    for (const layer of layers) {
      const path = paths[layer];
      const style = layer === "zones" ? zoneStyle() : STYLE[layer];
      const covered = scene.tilesOn && layer !== "zones" && layer !== "boundary";
      if (!path || covered || zoom < (style.fromZoom ?? 0)) continue;
      if (style.fill) {
        context.fillStyle = style.fill;
        context.fill(path);
      } else {
        context.strokeStyle = style.line;
        context.lineWidth = style.width * (layer === "zones" ? 1 : thick) / scale;
        context.setLineDash((style.dash ?? []).map((length) => length / scale));
        context.stroke(path);
      }
    }
    context.restore();
  };
  var drawLabels = (map, zones) => (context, frame) => {
    const size = map.getSize();
    const left = (frame.width - size.x) / 2, top = (frame.height - size.y) / 2;
    const stage = map.getContainer().getBoundingClientRect();
    const covers = [
      ...document.querySelectorAll(
        "#stage .legend, #stage .zoom, #stage .tiles, #stage .credit, .leaflet-control, .swipe-names span"
      )
    ];
    const taken = covers.map((element2) => element2.getBoundingClientRect()).filter((box) => box.width).map((box) => ({
      x: left + (box.left + box.right) / 2 - stage.left,
      y: top + (box.top + box.bottom) / 2 - stage.top,
      wide: box.width / 2,
      high: box.height / 2
    }));
    const on2 = ([x2, y]) => ({ x: (x2 - frame.x) * frame.scale, y: (frame.y - y) * frame.scale });
    for (const district of page.config.districts ?? []) taken.push({ ...on2(district.at), wide: 16, high: 16 });
    for (const place of scene.marked()) taken.push({ ...on2(place), wide: 7, high: 7 });
    const px = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small")) || 12;
    context.font = `500 ${px + 0.5}px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const high = px * 0.7;
    for (const zone of zones) {
      const text = zone.label.length > 24 ? `${zone.label.slice(0, 23)}…` : zone.label;
      const at2 = on2(zone.at);
      const wide = context.measureText(text).width / 2 + 3;
      const free = ({ x: x2, y }) => x2 - wide > left && x2 + wide < left + size.x && y - high > top && y + high < top + size.y && taken.every((box) => Math.abs(box.x - x2) > box.wide + wide || Math.abs(box.y - y) > box.high + high);
      const place = [0, 1.2, -1.2, 2.2, -2.2].map((lines) => ({ x: at2.x, y: at2.y + lines * px })).find(free);
      if (!place) continue;
      taken.push({ ...place, wide, high });
      context.strokeStyle = "rgba(255,255,255,0.9)";
      context.lineWidth = 3;
      context.strokeText(text, place.x, place.y);
      context.fillStyle = "#3d4650";
      context.fillText(text, place.x, place.y);
    }
  };

  // map/tiles.js
  var layTiles = (map, stage) => {
    const { url, max_zoom: maxNativeZoom } = page.config.tiles;
    const place = h("div", { class: "tiles" });
    stage.append(place);
    let layer = null, failed = false;
    const tell = () => place.querySelector("small")?.replaceChildren(t(failed ? "tiles.failed" : "tiles.note"));
    const change2 = (on2) => {
      scene.tilesOn = on2;
      failed = false;
      layer ??= L.tileLayer(url, { maxNativeZoom, maxZoom: map.options.maxZoom }).on("tileerror", () => {
        failed = true;
        tell();
      }).on("tileload", () => {
        failed = false;
        tell();
      });
      if (on2) layer.addTo(map);
      else layer.remove();
      scene.backdrop.forEach((drawn) => drawn.paint());
      render();
    };
    onRender(() => {
      replaceParts(
        place,
        h(
          "label",
          {},
          h("input", {
            id: "tiles",
            type: "checkbox",
            checked: scene.tilesOn,
            onchange: (event) => change2(event.target.checked)
          }),
          ` ${t("tiles")}`
        ),
        h("small", { role: "status" })
      );
      tell();
    });
  };

  // ui/shell.js
  var drawShell = () => {
    const map = scene.map;
    const small = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small"));
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 12 * small }).addTo(map);
    const north = new L.Control({ position: "bottomright" });
    north.onAdd = () => h(
      "div",
      { class: "north", "aria-hidden": "true" },
      h(
        "svg",
        { viewBox: "0 0 20 26", width: 18, height: 24 },
        h("path", { d: "M10 1 L16 17 L10 13.5 L4 17 Z", fill: "#3d4650" }),
        h(
          "text",
          { x: 10, y: 25.5, "text-anchor": "middle", "font-size": 9, "font-weight": 700, fill: "#3d4650" },
          "N"
        )
      )
    );
    north.addTo(map);
    const stage = document.getElementById("stage");
    const zoom = h("div", { class: "zoom" });
    const legend = h("section", { class: "legend", id: "legend" });
    const credit = h("div", { class: "credit" });
    stage.append(zoom, legend, credit);
    new ResizeObserver(() => {
      document.documentElement.style.setProperty("--credit", `${credit.offsetHeight}px`);
      settle();
    }).observe(credit);
    if (page.config.tiles) layTiles(map, stage);
    onRender(() => {
      drawHead();
      const button = (label, sign, act2) => h("button", { type: "button", title: label, "aria-label": label, onclick: act2 }, sign);
      replaceParts(
        zoom,
        button(t("zoom.in"), "+", () => map.zoomIn()),
        button(t("zoom.out"), "−", () => map.zoomOut()),
        button(t("zoom.home"), "⌂", home)
      );
      const holders = [credits(), scene.tilesOn ? page.config.tiles.attribution : null, "Leaflet"].filter(Boolean);
      replaceParts(credit, h("span", {}, `${t("credit")}: ${holders.join(" · ")}`));
      document.getElementById("left").setAttribute("aria-label", t("aria.left"));
      document.getElementById("right").setAttribute("aria-label", t("aria.right"));
      document.getElementById("stage").setAttribute("aria-label", t("aria.map"));
    });
  };
  var drawHead = () => {
    const { region } = page.config;
    const title = `${localised(region.name)} · ${t(`title.${page.config.page}`)}`;
    document.title = title;
    const language = (code, label) => h(
      "button",
      { type: "button", lang: code, "aria-pressed": String(page.language === code), onclick: () => setLanguage(code) },
      label
    );
    replaceParts(
      document.getElementById("head"),
      h("span", { class: "brand" }, h("b", { lang: "ko" }, "거점"), " Geojeom"),
      h("h1", {}, bdi(localised(region.name)), h("span", {}, t(`title.${page.config.page}`))),
      region.synthetic && h("span", { class: "synthetic", role: "note" }, t("synthetic")),
      (page.config.sources?.warnings ?? []).length > 0 && h(
        "button",
        {
          type: "button",
          class: "synthetic",
          id: "warned",
          title: page.config.sources.warnings.map(localised).join("\n"),
          onclick: openData
        },
        t("data.warned")
      ),
      h("span", { class: "gap" }),
      (page.headButtons ?? []).map(
        ([key, act2]) => h("button", { type: "button", class: "action", onclick: act2 }, t(key))
      ),
      h("button", { type: "button", class: "action", id: "open-data", onclick: openData }, t("data.open")),
      h(
        "div",
        { class: "language", role: "group", "aria-label": t("language") },
        language("ko", "한국어"),
        language("en", "English")
      )
    );
  };

  // ui/start.js
  var startMap = async (map, open) => {
    if (!begin("stage")) return;
    scene.map = map;
    const asked = (page.state.at ?? "").split("_").map(Number);
    await layGround(map);
    drawShell();
    await open(map);
    onRender(relabel);
    render();
    home();
    lookAt(asked);
    document.documentElement.dataset.ready = "true";
  };
  var whenMapStands = (open) => document.addEventListener("geojeom:map", (event) => startMap(event.detail, open), {
    once: true
  });

  // diffusion/edits.js
  var EDITS = { by: {}, past: [], reading: /* @__PURE__ */ new Map(), books: /* @__PURE__ */ new Map(), rows: /* @__PURE__ */ new Map() };
  var MATTERS = ["month", "zone", "units"];
  var workbookOf = (k) => EDITS.rows.get(k);
  var editsOf = (k) => EDITS.by[page.config.scenarios[k].id] ?? {};
  var canUndo = () => EDITS.past.length > 0;
  var kept = (row, edit2) => Object.fromEntries(
    MATTERS.filter((matter) => edit2[matter] !== void 0 && edit2[matter] !== row[matter]).map((matter) => [
      matter,
      edit2[matter]
    ])
  );
  var keep = () => keepState({ plan: Object.keys(EDITS.by).length ? JSON.stringify(EDITS.by) : null });
  var put = (k, edits) => {
    const { id } = page.config.scenarios[k];
    const own = Object.entries(edits).filter(([, edit2]) => Object.keys(edit2).length);
    const others = Object.entries(EDITS.by).filter(([plan]) => plan !== id);
    EDITS.by = Object.fromEntries(own.length ? [...others, [id, Object.fromEntries(own)]] : others);
  };
  var change = (k, row, edit2) => {
    EDITS.past.push(EDITS.by);
    put(k, { ...editsOf(k), [row.number]: kept(row, { ...editsOf(k)[row.number], ...edit2 }) });
    keep();
  };
  var undo = () => {
    EDITS.by = EDITS.past.pop() ?? {};
    keep();
  };
  var reset = (k) => {
    EDITS.past.push(EDITS.by);
    put(k, {});
    keep();
  };
  var bookOf = (k) => EDITS.books.get(k) ?? null;
  var readBook = (k) => {
    const read = async () => {
      const [bytes, rows] = await Promise.all([readBlob(`book-${k}`), readBlob(`rows-${k}`)]);
      if (!bytes) return;
      EDITS.rows.set(k, JSON.parse(new TextDecoder().decode(rows)));
      try {
        EDITS.books.set(k, openBook(bytes));
      } catch {
        EDITS.books.set(k, null);
      }
    };
    if (!EDITS.reading.has(k)) EDITS.reading.set(k, read());
    return EDITS.reading.get(k);
  };
  var allowed = (book, workbook, row, edit2) => {
    const whole = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;
    const holds = {
      month: whole(edit2?.month, 0, row.last),
      zone: workbook.zones.some(({ id }) => id === edit2?.zone),
      units: whole(edit2?.units, 1, workbook.unitsMost)
    };
    const open = MATTERS.filter((matter) => holds[matter] && canChange(book, workbook, row, matter));
    return kept(row, Object.fromEntries(open.map((matter) => [matter, edit2[matter]])));
  };
  var readEdits = async () => {
    if (!page.state.plan) return;
    let asked = {};
    try {
      asked = Object(JSON.parse(page.state.plan));
    } catch {
      return keep();
    }
    for (const [k, { id }] of page.config.scenarios.entries()) {
      if (!asked[id]) continue;
      await readBook(k);
      const [workbook, book] = [workbookOf(k), bookOf(k)];
      if (!book) continue;
      put(
        k,
        Object.fromEntries(workbook.rows.map((row) => [row.number, allowed(book, workbook, row, asked[id][row.number])]))
      );
    }
    keep();
  };

  // diffusion/store.js
  var store = { month: 0, playing: null, frame: {}, split: 0.5, hubs: [] };
  var ofYear = (at2) => page.language === "ko" ? at2.getUTCMonth() + 1 : new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }).format(at2);
  var monthName = (month) => {
    const [year, first] = page.config.start.split("-").map(Number);
    const at2 = new Date(Date.UTC(year, first - 1 + month, 1));
    return t("month.text", { year: at2.getUTCFullYear(), month: ofYear(at2) });
  };
  var monthOfYear = (number4) => t("month.alone", { month: ofYear(new Date(Date.UTC(2e3, number4 - 1, 1))) });
  var asOf = (month) => monthName(Math.max(month - 1, 0));
  var frameOf = (which) => {
    if (store.statistic === "mean") return store.monthly[which][store.month];
    return store.yearly[which][page.config.quantiles.map(String).indexOf(store.statistic)][Math.floor(store.month / 12)];
  };
  var clipped = (name, most = 36) => {
    const letters = [...asWritten(name)];
    let room = most;
    const end = letters.findIndex((letter) => (room -= /[\u1100-\uffff]/.test(letter) ? 2 : 1) < 0);
    return isolated(end < 0 ? letters.join("") : `${letters.slice(0, end - 1).join("")}…`);
  };
  var HUB = ["#c2185b", "#6d4c9f"];
  var person = () => page.language === "ko" ? "명" : "";
  var planOf = (scenario = store.scenario) => page.config.openings[scenario].filter((opening) => opening.service === page.config.services[store.service].id);
  var heading = (k) => store.scenarios.length > 1 && h("h3", {}, bdi(clipped(page.config.scenarios[k].name, 40)));

  // diffusion/plan.js
  var PLAN = { marks: /* @__PURE__ */ new Map() };
  var drawOpenings = () => {
    const all = store.scenarios.flatMap((k) => planOf(k));
    const open = all.filter((opening) => opening.month <= store.month);
    drawSites();
    const line = (opening) => {
      const waits = opening.works === null ? t("openings.never") : opening.works > opening.month ? t("openings.works", { date: monthName(opening.works) }) : null;
      const zone = page.config.zones[opening.zone];
      return h(
        "li",
        { class: opening.month <= store.month ? "done" : "" },
        h("span", { class: "when" }, monthName(opening.month)),
        h(
          "span",
          {},
          h("i", { class: `site ${siteClass(opening, opening.month <= store.month)}`, "aria-hidden": "true" }),
          zone ? bdi(clipped(zone.label), zone.name) : "",
          ` · ${units(opening)}`,
          waits ? h("small", {}, waits) : null
        )
      );
    };
    const changed = store.scenarios.map((k) => Object.keys(editsOf(k)).length);
    const key = `${changed}/${store.scenarios.join("+")}/${store.service}/${page.language}/${open.length}/${all.filter((o) => o.works !== null && o.works <= store.month).length}`;
    if (PLAN.drawn === key) return;
    PLAN.drawn = key;
    const lists = store.scenarios.map((k) => [
      heading(k),
      planOf(k).length ? h("ol", { class: "openings" }, gathered(planOf(k)).map(line)) : h("p", { class: "note" }, t("openings.none"))
    ]);
    replaceParts(
      document.getElementById("openings"),
      h(
        "h2",
        {},
        t("openings.title"),
        h("span", { class: "count" }, t("openings.count", { done: open.length, all: all.length }))
      ),
      changed.some(Boolean) && h("p", { class: "note strong" }, t("change.pending", { n: changed.reduce((sum, n) => sum + n) })),
      lists,
      [...new Set(store.scenarios.map((k) => localised(page.config.plans[k])))].map(
        (label) => h("p", { class: "note" }, bdi(label))
      ),
      store.scenarios.filter((k) => page.config.scaledDown[k]).map(
        (k) => h("p", { class: "note" }, bdi(clipped(page.config.scenarios[k].name)), ": ", bdi(page.config.scaledDown[k]))
      )
    );
  };
  var gathered = (openings) => {
    const groups = /* @__PURE__ */ new Map();
    for (const opening of openings) {
      const key = `${opening.month}/${opening.part}/${opening.zone}/${opening.works}`;
      const group = groups.get(key);
      if (group) group.units += opening.units;
      else groups.set(key, { ...opening });
    }
    return [...groups.values()];
  };
  var units = (opening) => formatUnits(opening.units, localised(page.config.built[opening.service].unit));
  var siteClass = (opening, open) => !open ? "later" : opening.works === null || opening.works > store.month ? "waiting" : opening.part === "in_district" ? "inside" : "outside";
  var drawSites = () => {
    const wanted = new Map(
      store.scenarios.flatMap(
        (k, which) => planOf(k).filter((opening) => opening.month <= store.month).map((opening) => [
          opening,
          { which, kind: `${siteClass(opening, true)}${which && store.mode !== "swipe" ? " second" : ""}` }
        ])
      )
    );
    for (const [opening, { mark, kind, which }] of PLAN.marks) {
      const now = wanted.get(opening);
      if (now?.kind === kind && now.which === which) wanted.delete(opening);
      else {
        mark.remove();
        PLAN.marks.delete(opening);
      }
    }
    for (const [opening, { kind, which }] of wanted) {
      const icon = L.divIcon({ className: "mark", html: h("i", { class: `site ${kind}` }), iconSize: [18, 18] });
      const mark = L.marker(toLatLng(...opening.at), { icon, keyboard: false, pane: `sites-${which}` }).addTo(scene.map);
      mark.bindTooltip(() => siteTip(opening), { direction: "top", offset: [0, -6] });
      PLAN.marks.set(opening, { mark, kind, which });
    }
  };
  var layMarks = (map) => {
    for (const which of [0, 1]) map.createPane(`sites-${which}`).style.zIndex = 600 - which;
    const size = () => {
      const small = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--small"));
      PLAN.px = Math.min(12, Math.max(7, 10 + 1.5 * (map.getZoom() - 12.5))) * small / 11.5;
      map.getContainer().style.setProperty("--site", `${PLAN.px}px`);
    };
    size();
    map.on("zoomend", size);
    map.on("move zoomend resize", cutMarks);
  };
  var cutMarks = () => {
    const size = scene.map.getSize();
    const from = scene.map.containerPointToLayerPoint([0, 0]), to = from.add(size);
    const edge = from.x + store.split * size.x;
    [
      [from.x, edge],
      [edge, to.x]
    ].forEach(([left, right], which) => {
      scene.map.getPane(`sites-${which}`).style.clipPath = store.mode !== "swipe" ? "" : `polygon(${[
        [left, from.y],
        [right, from.y],
        [right, to.y],
        [left, to.y]
      ].map(([x2, y]) => `${x2}px ${y}px`).join(", ")})`;
    });
  };
  var marks = () => (page.config.services.length ? store.scenarios ?? [] : []).flatMap((k) => planOf(k).map((opening) => opening.at));
  var markKey = () => {
    const all = store.scenarios.flatMap((k) => planOf(k));
    const kinds = [
      ["inside", all.some((o) => o.part === "in_district")],
      ["outside", all.some((o) => o.part !== "in_district")],
      ["waiting", all.some((o) => o.works === null || o.works > o.month)]
    ].filter(([, is]) => is).map(([kind]) => [kind, t(`legend.${kind}`)]);
    if (store.mode === "difference")
      kinds.push(["outside second", t("legend.second", { name: clipped(page.config.scenarios[store.second].name) })]);
    return kinds.length > 0 && h(
      "ul",
      { class: "marks" },
      kinds.map(
        ([kind, label]) => h("li", {}, h("i", { class: `site ${kind}`, "aria-hidden": "true" }), h("span", {}, bdi(label)))
      )
    );
  };
  var siteTip = (opening) => {
    const payers = page.config.payers.filter((payer) => opening[`${payer}_krw`] > 0).map((payer) => `${t(`money.${payer}`)} ${formatMoney(opening[`${payer}_krw`])}`);
    const zone = page.config.zones[opening.zone];
    return h(
      "div",
      {},
      h("b", {}, bdi(localised(page.config.built[opening.service].name))),
      h("div", {}, `${monthName(opening.month)} · ${units(opening)}`),
      zone ? h("div", {}, bdi(clipped(zone.name))) : null,
      h("div", {}, `${formatMoney(opening.capex_krw)}${payers.length ? ` (${payers.join(", ")})` : ""}`),
      opening.works === null ? h("small", {}, t("openings.never")) : opening.works > opening.month ? h("small", {}, t("openings.works", { date: monthName(opening.works) })) : null
    );
  };

  // diffusion/rows.js
  var ROWS_AT_ONCE = 60;
  var SHOWN = { service: null };
  var serviceName = (id) => localised(page.config.built[id].name);
  var unitsText = (row, units2) => formatUnits(units2, localised(page.config.built[row.service].unit));
  var zoneName = (id) => page.config.zones.find((zone) => zone.id === id)?.name ?? id;
  var placeName = (row) => [row.zone && zoneName(row.zone), row.site && `(${row.site})`].filter(Boolean).join(" ");
  var cellName = ({ sheet, at: at2 }) => `${sheet}!${at2}`;
  var edit = (k, row, changed) => {
    change(k, row, changed);
    emit("edited");
  };
  var option = (value, label, chosen2, disabled = false) => h("option", { value, selected: value === chosen2, disabled }, label);
  var monthControl = (k, row, month) => {
    const [year, number4] = monthText(page.config.start, month).split("-").map(Number);
    const [first, start] = page.config.start.split("-").map(Number);
    const monthOf = (year2, number5) => 12 * (year2 - first) + number5 - start;
    const last = Number(monthText(page.config.start, row.last).slice(0, 4));
    const choose2 = (month2) => edit(k, row, { month: Math.min(row.last, Math.max(0, month2)) });
    const id = `opens-${k}-${row.number}`;
    const label = `${row.number} ${serviceName(row.service)}`;
    return [
      h(
        "select",
        {
          id: `${id}-year`,
          "aria-label": `${label}: ${t("change.year")}`,
          onchange: (event) => choose2(monthOf(Number(event.target.value), number4))
        },
        Array.from({ length: last - first + 1 }, (_, at2) => option(String(first + at2), String(first + at2), String(year)))
      ),
      h(
        "select",
        {
          id: `${id}-month`,
          "aria-label": `${label}: ${t("change.month")}`,
          onchange: (event) => choose2(monthOf(year, Number(event.target.value)))
        },
        Array.from({ length: 12 }, (_, at2) => {
          const there = monthOf(year, at2 + 1);
          return option(String(at2 + 1), monthOfYear(at2 + 1), String(number4), there < 0 || there > row.last);
        })
      )
    ];
  };
  var zoneControl = (k, row, zone) => h(
    "select",
    {
      id: `zone-${k}-${row.number}`,
      "aria-label": `${row.number} ${serviceName(row.service)}: ${t("own.zone")}`,
      onchange: (event) => edit(k, row, { zone: event.target.value })
    },
    workbookOf(k).zones.map(({ id }) => option(id, zoneName(id), zone))
  );
  var unitsControl = (k, row, units2) => [
    h("input", {
      id: `units-${k}-${row.number}`,
      type: "number",
      min: 1,
      max: workbookOf(k).unitsMost,
      step: 1,
      value: units2,
      "aria-label": `${row.number} ${serviceName(row.service)}: ${t("change.units")}`,
      onchange: ({ target }) => {
        if (!target.checkValidity() || !target.value) return void target.reportValidity();
        edit(k, row, { units: Number(target.value) });
      }
    }),
    localised(page.config.built[row.service].unit)
  ];
  var field = (k, row, matter, control, fixed2) => {
    const formulas = formulasFor(bookOf(k), workbookOf(k), row, matter);
    if (!formulas) return [fixed2, row.part === "in_district" && h("small", {}, t("change.hub"))];
    if (!formulas.length) return control(k, row, editsOf(k)[row.number]?.[matter] ?? row[matter]);
    return [fixed2, h("small", {}, bdi(t("change.formula", { cells: formulas.map(cellName).join(", ") })))];
  };
  var rowOf = (k) => (row) => {
    const edit2 = editsOf(k)[row.number] ?? {};
    const cost2 = moneyFor(row, edit2.units ?? row.units).capex_krw;
    const changed = (matter) => edit2[matter] === void 0 ? null : "changed";
    const was = (matter, text) => edit2[matter] !== void 0 && h("small", {}, bdi(t("change.was", { value: text })));
    const [when, where, units2] = [monthName(row.month), placeName(row), unitsText(row, row.units)];
    return [
      { text: bdi(row.number), head: true },
      bdi(serviceName(row.service)),
      { text: [field(k, row, "month", monthControl, when), was("month", when)], class: changed("month") },
      { text: [field(k, row, "zone", zoneControl, bdi(where)), was("zone", where)], class: changed("zone") },
      { text: [field(k, row, "units", unitsControl, units2), was("units", units2)], class: changed("units") },
      {
        text: [formatMoney(cost2), was("units", formatMoney(row.won.capex_krw))],
        class: `number ${changed("units") ?? ""}`
      }
    ];
  };
  var tableOf = (k) => {
    const { rows } = workbookOf(k);
    const services = [...new Set(rows.map((row) => row.service))];
    const few = rows.length <= ROWS_AT_ONCE;
    const known2 = few ? ["", ...services] : services;
    const first = few ? "" : page.config.services[store.service]?.id;
    const service = [SHOWN.service, first].find((id) => known2.includes(id)) ?? known2[0];
    const ofService = (id) => rows.filter((row) => !id || row.service === id);
    const choices = known2.map((id) => [id, `${id ? serviceName(id) : t("change.all")} (${ofService(id).length})`]);
    return [
      makePicker(`change-service-${k}`, t("service"), choices, service, (value) => {
        SHOWN.service = value;
        emit("edited");
      }),
      makeTable(
        [
          t("change.number"),
          t("service"),
          t("change.opens"),
          t("own.zone"),
          t("change.units"),
          { text: t("change.cost"), class: "number" }
        ],
        ofService(service).map(rowOf(k)),
        { class: "wide" }
      )
    ];
  };

  // diffusion/change.js
  var EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  var CHANGE = { body: null };
  var lineOf = (k, row, edit2) => {
    const arrow = (from, to) => `${from} → ${to}`;
    const said2 = [
      edit2.month !== void 0 && `${t("change.opens")} ${arrow(monthName(row.month), monthName(edit2.month))}`,
      edit2.zone !== void 0 && `${t("own.zone")} ${arrow(placeName(row), `${zoneName(edit2.zone)}${row.site ? " (auto)" : ""}`)}`,
      edit2.units !== void 0 && `${t("change.units")} ${arrow(unitsText(row, row.units), unitsText(row, edit2.units))} (${t("change.cost")} ${arrow(formatMoney(row.won.capex_krw), formatMoney(moneyFor(row, edit2.units).capex_krw))})`
    ].filter(Boolean);
    return h(
      "li",
      {},
      bdi(`${row.number} ${serviceName(row.service)}: ${said2.join(", ")}`),
      h(
        "button",
        {
          type: "button",
          id: `back-${k}-${row.number}`,
          class: "action",
          "aria-label": `${row.number}: ${t("change.back")}`,
          onclick: () => takeBack(k, row)
        },
        t("change.back")
      )
    );
  };
  var BY_UNITS = ["estimate", "operation", "proposals"];
  var sheetsToLookAt = (k) => {
    const workbook = workbookOf(k);
    const { rows, names } = workbook;
    const found = /* @__PURE__ */ new Map();
    const look = (sheet, numbers2) => found.set(sheet, /* @__PURE__ */ new Set([...found.get(sheet) ?? [], ...numbers2]));
    for (const row of rows) {
      const { month, units: units2 } = editsOf(k)[row.number] ?? {};
      if (month !== void 0 && names.schedule) look("schedule", []);
      const sheets = [month !== void 0 ? ["funding"] : [], units2 !== void 0 ? BY_UNITS : []].flat();
      for (const sheet of sheets) {
        const numbers2 = namedIn(workbook, row, sheet);
        if (numbers2.length) look(sheet, numbers2);
      }
    }
    return [...found].map(
      ([sheet, numbers2]) => h(
        "li",
        {},
        h("b", {}, bdi(names[sheet])),
        numbers2.size ? ` (${t("change.rows", { rows: [...numbers2].sort((one, other) => one - other).join(", ") })})` : "",
        `: ${t(`change.look.${sheet}`)}`
      )
    );
  };
  var planChanges = (k) => changesFor(bookOf(k), workbookOf(k), editsOf(k), page.config.start);
  var formulasToWorkOut = (k) => [...staleAfter(bookOf(k), planChanges(k))].flatMap(([sheet, all]) => {
    const [first, last] = workbookOf(k).read[sheet] ?? [1, 0];
    return all.filter((at2) => placeOf(at2).row >= first && placeOf(at2).row <= last).map((at2) => cellName({ sheet, at: at2 }));
  });
  var named = (file) => {
    const dot = file.lastIndexOf(".");
    return `${file.slice(0, dot)}${t("change.suffix")}${file.slice(dot)}`;
  };
  var save = (k, name) => download(name, bookWith(bookOf(k), planChanges(k)), EXCEL);
  var todo = (k, saved) => {
    const [look, formulas] = [sheetsToLookAt(k), formulasToWorkOut(k)];
    return [
      h("p", { class: "note strong" }, t("change.answer")),
      h("ol", { class: "steps" }, [
        formulas.length > 0 && h("li", {}, bdi(t("change.work", { file: saved, cells: formulas.join(", ") }))),
        h("li", {}, t("change.check"), " ", h("code", {}, bdi(`geojeom plan check "${saved}"`))),
        h("li", {}, t("change.run"), " ", h("code", {}, `geojeom run ${t("change.region")}`))
      ]),
      look.length > 0 && [h("p", {}, t("change.look")), h("ul", {}, look)]
    ];
  };
  var buttons = (k, saved) => {
    const changed = Object.keys(editsOf(k)).length;
    const button = (id, text, disabled, onclick) => h("button", { type: "button", class: "action", id: `${id}-${k}`, disabled, onclick }, text);
    return h(
      "div",
      { class: "buttons" },
      button("save", bdi(t("change.save", { file: saved })), false, () => save(k, saved)),
      button("undo", t("change.undo"), !canUndo(), () => act(k, undo)),
      button("reset", t("change.reset"), !changed, () => act(k, () => reset(k))),
      h("span", { role: "status" }, changed ? t("change.count", { n: formatNumber(changed) }) : t("change.none"))
    );
  };
  var costs = (k) => {
    const { years, whole } = costsFor(workbookOf(k), editsOf(k), page.config.start);
    if (!years.length) return null;
    const line = (name, { before, after }) => [
      { text: name, head: true },
      ...[before, after].map((won) => ({ text: formatMoney(won), class: "number" }))
    ];
    const heads = ["change.before", "change.after"].map((key) => ({ text: t(key), class: "number" }));
    return [
      h("h3", {}, t("change.costs")),
      makeTable(
        [t("money.year"), ...heads],
        [...years.map(([year, sums]) => line(year, sums)), line(t("money.total"), whole)],
        {
          class: "costs"
        }
      )
    ];
  };
  var summary = (k) => {
    const { rows, file } = workbookOf(k);
    const changed = rows.filter((row) => editsOf(k)[row.number]);
    const saved = changed.length ? named(file) : file;
    return [
      changed.length > 0 && [
        h("h3", {}, t("change.what")),
        h(
          "ol",
          {},
          changed.map((row) => lineOf(k, row, editsOf(k)[row.number]))
        ),
        costs(k),
        todo(k, saved)
      ],
      h("p", { class: "note" }, t("change.holds")),
      buttons(k, saved)
    ];
  };
  var act = (k, what) => {
    what();
    emit("edited");
    if (!CHANGE.body.contains(document.activeElement)) document.getElementById(`save-${k}`).focus();
  };
  var takeBack = (k, row) => act(k, () => change(k, row, { month: row.month, zone: row.zone, units: row.units }));
  var partOf = (k) => {
    const { workbook } = page.config.ownPlans[k] ?? {};
    const note = (...said2) => h("p", { class: "note" }, said2);
    if (!workbook) return note(t("change.template"), " ", h("code", {}, "geojeom plan new"));
    if (!workbook.held) return note(bdi(t("change.format", { file: workbook.file })));
    if (!bookOf(k)) return note(bdi(t("change.unread", { file: workbook.file })));
    return [tableOf(k), summary(k)];
  };
  var redraw = () => CHANGE.body && replaceParts(
    CHANGE.body,
    store.scenarios.map((k) => h("section", {}, heading(k), partOf(k)))
  );
  on("edited", () => {
    redraw();
    drawOpenings();
  });
  var openChange = async () => {
    await Promise.all(store.scenarios.map(readBook));
    store.openChange ??= makeDialog("change", "change.title", () => {
      CHANGE.body = h("div", {});
      redraw();
      return [h("p", {}, t("change.about")), CHANGE.body];
    });
    store.openChange();
  };

  // lib/facts.js
  var known = (id) => {
    const fact2 = page.config.facts[id];
    if (!fact2) throw new Error(`no fact ${id}`);
    return fact2;
  };
  var hasFact = (id) => id in page.config.facts;
  var factValue = (id) => known(id)[0];
  var powerOf = (unit, digits) => unit === "KRW" ? page.language === "ko" ? 8 : 9 : unit === "m2" && digits < 0 ? 6 : 0;
  var figureOf = ([value, unit, digits, fixed2]) => {
    if (unit === YES_NO) return t(value ? "yes" : "no");
    if (unit === "share") return formatPercent(value, Math.max(digits - 2, 0)).slice(0, -1);
    const power = powerOf(unit, digits);
    const places = Math.max(digits + power, 0);
    return fixed2 ? formatFixed(value / 10 ** power, places) : formatNumber(value / 10 ** power, places);
  };
  var unitOf = ([, unit, digits]) => unit === "m2" && digits < 0 ? unitLabel("km2") : unitLabel(unit);
  var textOf2 = (fact2) => {
    const [, unit] = fact2;
    const figure3 = figureOf(fact2);
    if (unit === "KRW") return page.language === "ko" ? `${figure3}억원` : `KRW ${figure3} bn`;
    if (unit === "share") return `${figure3}%`;
    return unit === YES_NO ? figure3 : withUnit(figure3, unitOf(fact2));
  };
  var fact = (id) => h("span", { "data-fact": id }, textOf2(known(id)));
  var factFigure = (id) => h("span", { "data-fact": id, "data-figure": "" }, figureOf(known(id)));

  // node_modules/d3-array/dist/d3-array.mjs
  function ascending(a, b) {
    return a == null || b == null ? NaN : a < b ? -1 : a > b ? 1 : a >= b ? 0 : NaN;
  }
  function descending(a, b) {
    return a == null || b == null ? NaN : b < a ? -1 : b > a ? 1 : b >= a ? 0 : NaN;
  }
  function bisector(f) {
    let compare1, compare2, delta;
    if (f.length !== 2) {
      compare1 = ascending;
      compare2 = (d, x2) => ascending(f(d), x2);
      delta = (d, x2) => f(d) - x2;
    } else {
      compare1 = f === ascending || f === descending ? f : zero;
      compare2 = f;
      delta = f;
    }
    function left(a, x2, lo = 0, hi = a.length) {
      if (lo < hi) {
        if (compare1(x2, x2) !== 0) return hi;
        do {
          const mid = lo + hi >>> 1;
          if (compare2(a[mid], x2) < 0) lo = mid + 1;
          else hi = mid;
        } while (lo < hi);
      }
      return lo;
    }
    function right(a, x2, lo = 0, hi = a.length) {
      if (lo < hi) {
        if (compare1(x2, x2) !== 0) return hi;
        do {
          const mid = lo + hi >>> 1;
          if (compare2(a[mid], x2) <= 0) lo = mid + 1;
          else hi = mid;
        } while (lo < hi);
      }
      return lo;
    }
    function center(a, x2, lo = 0, hi = a.length) {
      const i2 = left(a, x2, lo, hi - 1);
      return i2 > lo && delta(a[i2 - 1], x2) > -delta(a[i2], x2) ? i2 - 1 : i2;
    }
    return { left, center, right };
  }
  function zero() {
    return 0;
  }
  function number(x2) {
    return x2 === null ? NaN : +x2;
  }
  var ascendingBisect = bisector(ascending);
  var bisectRight = ascendingBisect.right;
  var bisectLeft = ascendingBisect.left;
  var bisectCenter = bisector(number).center;
  var blur2 = Blur2(blurf);
  var blurImage = Blur2(blurfImage);
  function Blur2(blur) {
    return function(data, rx, ry = rx) {
      if (!((rx = +rx) >= 0)) throw new RangeError("invalid rx");
      if (!((ry = +ry) >= 0)) throw new RangeError("invalid ry");
      let { data: values, width, height } = data;
      if (!((width = Math.floor(width)) >= 0)) throw new RangeError("invalid width");
      if (!((height = Math.floor(height !== void 0 ? height : values.length / width)) >= 0)) throw new RangeError("invalid height");
      if (!width || !height || !rx && !ry) return data;
      const blurx = rx && blur(rx);
      const blury = ry && blur(ry);
      const temp = values.slice();
      if (blurx && blury) {
        blurh(blurx, temp, values, width, height);
        blurh(blurx, values, temp, width, height);
        blurh(blurx, temp, values, width, height);
        blurv(blury, values, temp, width, height);
        blurv(blury, temp, values, width, height);
        blurv(blury, values, temp, width, height);
      } else if (blurx) {
        blurh(blurx, values, temp, width, height);
        blurh(blurx, temp, values, width, height);
        blurh(blurx, values, temp, width, height);
      } else if (blury) {
        blurv(blury, values, temp, width, height);
        blurv(blury, temp, values, width, height);
        blurv(blury, values, temp, width, height);
      }
      return data;
    };
  }
  function blurh(blur, T, S, w, h2) {
    for (let y = 0, n = w * h2; y < n; ) {
      blur(T, S, y, y += w, 1);
    }
  }
  function blurv(blur, T, S, w, h2) {
    for (let x2 = 0, n = w * h2; x2 < w; ++x2) {
      blur(T, S, x2, x2 + n, w);
    }
  }
  function blurfImage(radius) {
    const blur = blurf(radius);
    return (T, S, start, stop, step) => {
      start <<= 2, stop <<= 2, step <<= 2;
      blur(T, S, start + 0, stop + 0, step);
      blur(T, S, start + 1, stop + 1, step);
      blur(T, S, start + 2, stop + 2, step);
      blur(T, S, start + 3, stop + 3, step);
    };
  }
  function blurf(radius) {
    const radius0 = Math.floor(radius);
    if (radius0 === radius) return bluri(radius);
    const t2 = radius - radius0;
    const w = 2 * radius + 1;
    return (T, S, start, stop, step) => {
      if (!((stop -= step) >= start)) return;
      let sum = radius0 * S[start];
      const s0 = step * radius0;
      const s1 = s0 + step;
      for (let i2 = start, j = start + s0; i2 < j; i2 += step) {
        sum += S[Math.min(stop, i2)];
      }
      for (let i2 = start, j = stop; i2 <= j; i2 += step) {
        sum += S[Math.min(stop, i2 + s0)];
        T[i2] = (sum + t2 * (S[Math.max(start, i2 - s1)] + S[Math.min(stop, i2 + s1)])) / w;
        sum -= S[Math.max(start, i2 - s0)];
      }
    };
  }
  function bluri(radius) {
    const w = 2 * radius + 1;
    return (T, S, start, stop, step) => {
      if (!((stop -= step) >= start)) return;
      let sum = radius * S[start];
      const s = step * radius;
      for (let i2 = start, j = start + s; i2 < j; i2 += step) {
        sum += S[Math.min(stop, i2)];
      }
      for (let i2 = start, j = stop; i2 <= j; i2 += step) {
        sum += S[Math.min(stop, i2 + s)];
        T[i2] = sum / w;
        sum -= S[Math.max(start, i2 - s)];
      }
    };
  }
  var array = Array.prototype;
  var slice = array.slice;
  var e10 = Math.sqrt(50);
  var e5 = Math.sqrt(10);
  var e2 = Math.sqrt(2);
  function tickSpec(start, stop, count) {
    const step = (stop - start) / Math.max(0, count), power = Math.floor(Math.log10(step)), error = step / Math.pow(10, power), factor = error >= e10 ? 10 : error >= e5 ? 5 : error >= e2 ? 2 : 1;
    let i1, i2, inc;
    if (power < 0) {
      inc = Math.pow(10, -power) / factor;
      i1 = Math.round(start * inc);
      i2 = Math.round(stop * inc);
      if (i1 / inc < start) ++i1;
      if (i2 / inc > stop) --i2;
      inc = -inc;
    } else {
      inc = Math.pow(10, power) * factor;
      i1 = Math.round(start / inc);
      i2 = Math.round(stop / inc);
      if (i1 * inc < start) ++i1;
      if (i2 * inc > stop) --i2;
    }
    if (i2 < i1 && 0.5 <= count && count < 2) return tickSpec(start, stop, count * 2);
    return [i1, i2, inc];
  }
  function ticks(start, stop, count) {
    stop = +stop, start = +start, count = +count;
    if (!(count > 0)) return [];
    if (start === stop) return [start];
    const reverse = stop < start, [i1, i2, inc] = reverse ? tickSpec(stop, start, count) : tickSpec(start, stop, count);
    if (!(i2 >= i1)) return [];
    const n = i2 - i1 + 1, ticks2 = new Array(n);
    if (reverse) {
      if (inc < 0) for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i2 - i3) / -inc;
      else for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i2 - i3) * inc;
    } else {
      if (inc < 0) for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i1 + i3) / -inc;
      else for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i1 + i3) * inc;
    }
    return ticks2;
  }
  function tickIncrement(start, stop, count) {
    stop = +stop, start = +start, count = +count;
    return tickSpec(start, stop, count)[2];
  }
  function nice(start, stop, count) {
    let prestep;
    while (true) {
      const step = tickIncrement(start, stop, count);
      if (step === prestep || step === 0 || !isFinite(step)) {
        return [start, stop];
      } else if (step > 0) {
        const i2 = Math.ceil(start / step);
        const j = Math.floor(stop / step);
        start = (i2 - (i2 * step > start)) * step;
        stop = (j + (j * step < stop)) * step;
      } else if (step < 0) {
        const s = -step;
        const i2 = Math.ceil(start * s);
        const j = Math.floor(stop * s);
        start = (i2 - (i2 / s > start)) / s;
        stop = (j + (j / s < stop)) / s;
      }
      prestep = step;
    }
  }
  var shuffle = shuffler(Math.random);
  function shuffler(random) {
    return function shuffle2(array2, i0 = 0, i1 = array2.length) {
      let m = i1 - (i0 = +i0);
      while (m) {
        const i2 = random() * m-- | 0, t2 = array2[m + i0];
        array2[m + i0] = array2[i2 + i0];
        array2[i2 + i0] = t2;
      }
      return array2;
    };
  }

  // ui/bands.js
  var CHART = { width: 344, height: 118, left: 46, right: 8, top: 8, bottom: 18 };
  var axisFor = (most) => {
    const end = nice(0, Math.max(most, 2), 2)[1];
    return { end, marks: ticks(0, end, 2) };
  };
  var compact = (value) => {
    if (page.language === "ko" && value >= 1e4) return `${formatNumber(value / 1e4, 1)}만`;
    return value >= 1e3 && page.language !== "ko" ? `${formatNumber(value / 1e3, 1)}k` : formatNumber(value);
  };
  var rangeText = (low, high, say = formatNumber) => page.config.ranged ? `${say(low)}–${high === null ? "…" : say(high)}` : "–";
  var bandNote = () => t(page.config.ranged ? "chart.band" : "chart.few", { n: page.config.worlds, least: page.config.worldsOfARange });
  var bandChart = (lines, label, attributes = {}) => {
    const { width, height, left, right, top, bottom } = CHART;
    const { months: months2 } = page.config;
    const { end, marks: marks2 } = axisFor(Math.max(...lines.map((line) => Math.max(...line.high ?? line.mid))));
    const x2 = (month) => left + month / months2 * (width - left - right);
    const y = (value) => height - bottom - value / end * (height - top - bottom);
    const path = (values) => values.map((value, month) => `${month ? "L" : "M"}${x2(month).toFixed(1)} ${y(value).toFixed(1)}`).join("");
    const [year] = page.config.start.split("-").map(Number);
    const every = months2 / 12 > 12 ? 5 : 2;
    return h(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-label": label, ...attributes },
      marks2.map((value) => [
        h("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "grid" }),
        h("text", { x: left - 5, y: y(value) + 3.5, "text-anchor": "end" }, compact(value))
      ]),
      Array.from({ length: Math.floor(months2 / 12 / every) + 1 }, (_, k) => k * every).map(
        (k) => h("text", { x: x2(k * 12), y: height - 5, "text-anchor": k * 12 >= months2 ? "end" : "middle" }, String(year + k))
      ),
      lines.map((line, which) => [
        line.high && h("path", {
          d: `${path(line.high)}L${[...line.low].map((v, m) => [v, m]).reverse().map(([v, m]) => `${x2(m).toFixed(1)} ${y(v).toFixed(1)}`).join("L")}Z`,
          fill: SERIES[which],
          "fill-opacity": 0.18
        }),
        h("path", { d: path(line.mid), fill: "none", stroke: SERIES[which], "stroke-width": 1.8 })
      ]),
      h("line", { class: "cursor", y1: top, y2: height - bottom })
    );
  };

  // ui/money.js
  var payersOf2 = (k) => page.config.payers.filter((payer) => page.config.money[k].some((row) => row[`${payer}_krw`]));
  var planFact = (k, name) => `plan/${page.config.scenarios[k].id}/${name}`;
  var addedUp = (rows) => rows.reduce((total, row) => {
    for (const payer of [...page.config.payers.map((name) => `${name}_krw`), "opex_krw"])
      total[payer] = (total[payer] ?? 0) + (row[payer] ?? 0);
    return total;
  }, {});
  var builtSum = (row) => page.config.payers.reduce((total, payer) => total + (row[`${payer}_krw`] ?? 0), 0);
  var moneyHead = (payers) => [
    t("money.year"),
    ...[...payers, "total", "opex"].map((key) => ({ text: t(`money.${key}`), class: "number" }))
  ];
  var factCell = (id) => ({ text: hasFact(id) && factValue(id) ? factFigure(id) : "–", class: "number" });
  var moneyCells = (k, part, year, payers) => {
    const at2 = planFact(k, part);
    return [
      ...payers.map((payer) => factCell(`${at2}/capital/${year}/${payer}`)),
      { ...factCell(`${at2}/capital/${year}/all`), class: "number strong" },
      factCell(`${at2}/running/${year}`)
    ];
  };
  var moneyRows = (k, part, payers) => [
    ...page.config.money[k].filter((row) => row.part === part).map(({ year }) => [{ text: String(year), head: true }, ...moneyCells(k, part, year, payers)]),
    [
      { text: t("money.total"), head: true, class: "strong" },
      ...moneyCells(k, part, "all", payers).map((cell) => ({ ...cell, class: "number strong" }))
    ]
  ];

  // diffusion/chart.js
  var drawChart = () => {
    const parts2 = ["inside", "outside"].map((where) => [
      h("h3", {}, `${t(`chart.${where}`)} (${t("person")})`),
      panel(where)
    ]);
    const key = store.scenarios.length > 1 ? h(
      "p",
      { class: "keys" },
      store.scenarios.map(
        (k, which) => h(
          "span",
          {},
          h("i", { style: { background: SERIES[which] } }),
          bdi(clipped(page.config.scenarios[k].name))
        )
      )
    ) : null;
    const service = page.config.services[store.service];
    replaceParts(
      document.getElementById("chart"),
      h("h2", {}, `${t("chart.title")} · ${localised(service.name)}`),
      key,
      parts2,
      h("p", { class: "note" }, bandNote()),
      store.scenarios.map(usersAtEnd)
    );
    moveCursor();
  };
  var usersAtEnd = (k) => {
    const years = page.config.months / 12;
    const users = (where) => fact(planFact(k, `users/${where}/${years}/median`));
    return h(
      "p",
      { class: "note" },
      store.scenarios.length > 1 && [bdi(clipped(page.config.scenarios[k].name)), ": "],
      filled("chart.all", { date: asOf(page.config.months), inside: users("inside"), outside: users("outside") })
    );
  };
  var panel = (where) => {
    const lines = store.scenarios.map((k) => page.config.series[k][store.service][where]);
    const svg = bandChart(lines, `${t("chart.title")}, ${t(`chart.${where}`)}`, { "data-where": where });
    const { width, left, right } = CHART;
    const pick = (event) => {
      const box = svg.getBoundingClientRect();
      const place = (event.clientX - box.left) / box.width * width;
      emit("month", Math.round((place - left) / (width - left - right) * page.config.months));
    };
    svg.addEventListener("pointerdown", pick);
    svg.addEventListener("pointermove", (event) => event.buttons && pick(event));
    return svg;
  };
  var moveCursor = () => {
    const { width, left, right } = CHART;
    const place = left + store.month / page.config.months * (width - left - right);
    for (const line of document.querySelectorAll("#chart .cursor")) {
      line.setAttribute("x1", String(place));
      line.setAttribute("x2", String(place));
    }
    const rows = store.scenarios.flatMap(
      (k) => ["inside", "outside"].map((where) => {
        const line = page.config.series[k][store.service][where];
        const mid = line.mid[store.month];
        const name = t(`chart.${where}`);
        return [
          {
            text: store.scenarios.length > 1 ? [name, h("small", {}, bdi(clipped(page.config.scenarios[k].name)))] : name,
            head: true
          },
          { text: formatNumber(mid), class: "number" },
          { text: rangeText(line.low?.[store.month], line.high?.[store.month]), class: "number" },
          { text: line.potential ? formatPercent(mid / line.potential) : "–", class: "number" }
        ];
      })
    );
    replaceParts(
      document.getElementById("now"),
      h("h2", {}, t("chart.at", { date: asOf(store.month) })),
      makeTable(
        [
          t("now.place"),
          { text: `${t("now.median")} (${t("person")})`, class: "number" },
          { text: t("now.band"), class: "number" },
          { text: t("now.reach"), class: "number" }
        ],
        rows,
        { id: "totals" }
      )
    );
  };
  var openZones = () => {
    store.openZones ??= makeDialog("zones", "zones.title", () => {
      const { zones, services, scenarios } = page.config;
      const names = [...zones.map((zone) => zone.name), t("zones.none")];
      const years = Array.from({ length: Math.floor(page.config.months / 12) + 1 }, (_, k) => k * 12).filter(
        (month) => month % 24 === 0 || month === page.config.months
      );
      const dates = [.../* @__PURE__ */ new Set([...years, store.month])].sort((a, b) => a - b);
      const shade = (month) => month === store.month ? "number now" : "number";
      return store.scenarios.map((k, which) => {
        const table = store.zones[which];
        const shown = table.map((series, zone) => ({ series, zone })).filter(({ series }) => series.at(-1) > 0).sort((a, b) => b.series[store.month] - a.series[store.month] || a.zone - b.zone);
        return [
          h(
            "h3",
            {},
            bdi(scenarios[k].name),
            ` · ${localised(services[store.service].name)} · ${t("statistic.mean")} · ${t("person")}`
          ),
          makeTable(
            [zoneWord(), ...dates.map((month) => ({ text: asOf(month), class: shade(month) }))],
            shown.map(({ series, zone }) => [
              { text: bdi(names[zone]), head: true },
              ...dates.map((month) => ({ text: formatNumber(series[month]), class: shade(month) }))
            ]),
            { class: "wide" }
          )
        ];
      });
    });
    store.openZones();
  };

  // diffusion/frames.js
  var DECODED = /* @__PURE__ */ new Map();
  var once = (key, make) => {
    if (!DECODED.has(key)) DECODED.set(key, make());
    return DECODED.get(key);
  };
  var monthlyFrames = (scenario, service) => once(
    `frames-${scenario}-${service}`,
    async () => decodeFrames(await readBlob(`frames-${scenario}-${service}`), page.config.months + 1)
  );
  var yearlyFrames = (scenario, service) => once(`bands-${scenario}-${service}`, async () => {
    const years = page.config.months / 12 + 1;
    const frames = decodeFrames(await readBlob(`bands-${scenario}-${service}`), years * page.config.quantiles.length);
    return page.config.quantiles.map((_, q) => frames.slice(q * years, (q + 1) * years));
  });
  var potentialOf = (service) => once(`potential-${service}`, async () => Float32Array.from(varints(await readBlob(`potential-${service}`))));
  var yearlyFigures = (scenario) => once(`beside-${scenario}`, async () => JSON.parse(new TextDecoder().decode(await readBlob(`beside-${scenario}`))));
  var zoneSeries = (scenario, service) => once(`zones-${scenario}-${service}`, async () => {
    const steps = varints(await readBlob(`zones-${scenario}-${service}`));
    const months2 = page.config.months + 1;
    return Array.from(
      { length: steps.length / months2 },
      (_, zone) => cumulated(steps.subarray(zone * months2, (zone + 1) * months2))
    );
  });

  // diffusion/hover.js
  var hover = (latlng) => {
    const box = document.getElementById("hover");
    box.classList.toggle("two", store.scenarios.length > 1);
    const row = latlng ? cellUnder(latlng) : -1;
    const cell = row >= 0 ? store.ofGrid[row] : -1;
    if (row < 0) return replaceParts(box, h("span", { class: "note" }, t("hover.none")));
    const zone = page.config.zones[scene.cells.zone[row]];
    const facts = [
      [t("hover.cell"), store.codes[row]],
      [zoneWord(), zone ? bdi(clipped(zone.name)) : t("zones.none")]
    ];
    if (cell < 0 || !store.potential[cell]) facts.push(["", t("hover.outside")]);
    else {
      const people = store.potential[cell];
      facts.push([t("hover.potential"), `${formatNumber(people)}${person()}`]);
      store.scenarios.forEach((k, which) => {
        const share = SHARE_OF_CODE[frameOf(which)[cell]];
        const prefix = store.scenarios.length > 1 ? `${clipped(page.config.scenarios[k].name, 16)} · ` : "";
        const bands = store.yearly[which].map(
          (years) => SHARE_OF_CODE[years[Math.floor(store.month / 12)][cell]] * people
        );
        facts.push([
          `${prefix}${t("hover.adopters")}`,
          `${formatNumber(share * people, 1)}${person()} (${formatPercent(share)})`
        ]);
        const range = rangeText(bands[0], bands.at(-1), (value) => formatNumber(value, 1));
        facts.push([`${t("hover.band")}`, page.config.ranged ? `${range}${person()}` : range]);
      });
      if (store.inside[store.scenario][cell]) facts.push(["", t("hover.inside")]);
    }
    replaceParts(
      box,
      h(
        "dl",
        {},
        facts.map(([name, value]) => h("div", {}, name ? h("dt", {}, name) : null, h("dd", {}, value)))
      )
    );
  };

  // diffusion/paint.js
  var NOBODY_COLOUR = 0;
  var POINTS = { share: [0.01, 0.05, 0.15, 0.3], adopters: [1, 5, 20, 60] };
  var coloursOf = (frame) => {
    if (store.mode === "difference") {
      const [a, b] = [frameOf(0), frameOf(1)];
      const breaks = POINTS[store.measure];
      const palette = DIVERGING.map((hex) => rgba(hex));
      store.cell.forEach((row, cell) => {
        const size = store.measure === "share" ? 1 : store.potential[cell];
        const gap2 = (SHARE_OF_CODE[a[cell]] - SHARE_OF_CODE[b[cell]]) * size;
        const step = classOf(Math.abs(gap2), breaks);
        store.colours[0][row] = store.potential[cell] && (a[cell] || b[cell]) ? palette[4 + Math.sign(gap2) * step] : NOBODY_COLOUR;
      });
      return [store.colours[0]];
    }
    store.scenarios.forEach((_, which) => paintCells(store.colours[which], frameOf(which)));
    return store.mode === "swipe" ? [store.colours[0], store.colours[1], swipeEdge(frame)] : [store.colours[0]];
  };
  var paintCells = (colours, frame) => {
    const breaks = page.config.breaks[store.measure];
    const palette = ramp(breaks.length + 1).map((hex) => rgba(hex));
    if (store.measure === "share") {
      const ofCode = Uint32Array.from(
        SHARE_OF_CODE,
        (share, code) => code ? palette[classOf(share, breaks)] : NOBODY_COLOUR
      );
      for (let cell = 0; cell < frame.length; cell++) colours[store.cell[cell]] = ofCode[frame[cell]];
      return;
    }
    for (let cell = 0; cell < frame.length; cell++) {
      colours[store.cell[cell]] = frame[cell] ? palette[classOf(SHARE_OF_CODE[frame[cell]] * store.potential[cell], breaks)] : NOBODY_COLOUR;
    }
  };
  var swipeEdge = (frame) => {
    const size = scene.map.getSize();
    return store.split * size.x + (frame.width - size.x) / 2;
  };

  // diffusion/legend.js
  var drawLegend = () => {
    const figure3 = (value) => formatNumber(store.measure === "share" ? value * 100 : value);
    const hubs = store.scenarios.map((k, which) => ({
      line: true,
      colour: HUB[which],
      dash: which ? "6 4" : null,
      label: store.scenarios.length > 1 ? bdi(clipped(page.config.scenarios[k].name)) : t("legend.hub")
    }));
    const differs = store.mode === "difference";
    const steps = POINTS[store.measure].map(figure3);
    const strip = differs ? makeStrip(
      t(`legend.difference.${store.measure}`),
      DIVERGING,
      [...steps.map((step) => `−${step}`).reverse(), ...steps.map((step) => `+${step}`)],
      hubs
    ) : makeStrip(
      t(`legend.${store.measure}`),
      ramp(page.config.breaks[store.measure].length + 1),
      page.config.breaks[store.measure].map(figure3),
      hubs
    );
    replaceParts(document.getElementById("legend"), strip, markKey());
    settle();
    const notes = differs ? [t("legend.sign", { a: clipped(page.config.scenarios[store.scenario].name) })] : [t("legend.zero"), t("legend.fixed")];
    replaceParts(
      document.getElementById("reading"),
      notes.map((note) => h("p", { class: "note" }, note))
    );
  };
  var drawHubs = (map) => {
    store.hubs.forEach((layer) => layer.remove());
    store.hubs = store.scenarios.map(
      (k, which) => L.geoJSON(page.config.scenarios[k].geometry, {
        interactive: false,
        style: { color: HUB[which], weight: 2.5, dashArray: which ? "6 4" : null, fill: false }
      }).addTo(map)
    );
  };

  // diffusion/beside.js
  var BESIDE = { drawn: null };
  var COVERAGE = ["elderly", "declining"];
  var signed2 = (value, digits = 0) => {
    const size = formatNumber(Math.abs(value), digits);
    return `${size === "0" ? "" : value > 0 ? "+" : "−"}${size}`;
  };
  var number2 = (...text) => ({ text, class: "number" });
  var costUnit = () => page.language === "ko" ? [1e4, 1] : [1e3, 0];
  var cost = (krw) => formatNumber(krw / costUnit()[0], costUnit()[1]);
  var costGap = (krw) => signed2(krw / costUnit()[0], costUnit()[1]);
  var band = ([low, mid, high], say) => mid === null ? number2("–") : number2(say(mid), h("small", {}, rangeText(low, high, say)));
  var gap = ([low, mid, high], say) => {
    if (mid === null) return number2("–");
    const range = page.config.ranged ? t("beside.range", { low: say(low), high: say(high) }) : "–";
    return number2(say(mid), h("small", {}, range));
  };
  var usersAt = (k, where, month) => {
    const { low, mid, high } = page.config.series[k][store.service][where];
    return [low?.[month] ?? null, mid[month], high?.[month] ?? null];
  };
  var coverageRow = (name, year, own) => {
    const shares = own.map((each) => each[name][year]);
    const reason = page.config.notMeasured[`coverage_${name}`];
    const lacking = [t("missing"), reason && `: ${localised(reason)}`].filter(Boolean).join("");
    const label = { text: t(`beside.${name}`), head: true };
    if (shares.every((share) => share === null)) return [label, { text: bdi(lacking), span: 3 }];
    const both = shares.every((share) => share !== null);
    return [
      label,
      ...shares.map((share) => number2(share === null ? t("missing") : formatPercent(share))),
      number2(both ? t("beside.points", { n: signed2(100 * (shares[0] - shares[1]), 1) }) : "–")
    ];
  };
  var rowsAt = (year) => {
    const [a, b] = store.scenarios;
    const own = store.figures.map((each) => each.own[store.service]);
    const less = store.figures[0].less[b][store.service];
    const row = (name, both, say, sayGap) => [
      { text: t(`beside.${name}`), head: true },
      ...both.map((each) => band(each, say)),
      gap(less[name][year], sayGap)
    ];
    const users = ["inside", "outside"].map(
      (where) => row(
        where,
        [a, b].map((k) => usersAt(k, where, 12 * year)),
        formatNumber,
        signed2
      )
    );
    const all = (name) => own.map((each) => each[name][year]);
    const rows = [...users, row("users", all("users"), formatNumber, signed2), row("cost", all("cost"), cost, costGap)];
    const notes = ["sign", "cost.note", [...all("cost"), less.cost[year]].some(([, mid]) => mid === null) && "nobody"];
    return { rows: [...rows, ...COVERAGE.map((name) => coverageRow(name, year, own))], notes: [...notes, "coverage"] };
  };
  var drawBeside = () => {
    const part = document.getElementById("beside");
    const two = store.scenarios.length > 1;
    const year = Math.floor(store.month / 12);
    const key = two && `${year}/${store.scenarios.join("-")}/${store.service}/${page.language}`;
    part.hidden = !two;
    if (!two || BESIDE.drawn === key) return;
    BESIDE.drawn = key;
    const { rows, notes } = rowsAt(year);
    const heads = ["A", "B", "A − B"].map((text) => ({ text, class: "number" }));
    replaceParts(
      part,
      h("h2", {}, t("beside.title", { date: asOf(12 * year) })),
      h(
        "p",
        { class: "keys" },
        store.scenarios.map((k, which) => h("span", {}, `${"AB"[which]}: `, bdi(clipped(page.config.scenarios[k].name))))
      ),
      makeTable([localised(page.config.services[store.service].name), ...heads], rows),
      notes.filter(Boolean).map((name) => h("p", { class: "note" }, t(`beside.${name}`)))
    );
  };

  // diffusion/money.js
  var drawMoney = () => {
    replaceParts(
      document.getElementById("money"),
      h("h2", {}, t("money.title")),
      store.scenarios.map((k) => [heading(k), moneyOf(k)]),
      store.scenarios.length > 1 && gapsByYear(),
      h("p", { class: "note" }, `${t("money.unit", { unit: t("unit.money") })} · ${t("money.note")}`)
    );
  };
  var moneyOf = (k) => {
    const { money: money2, programme } = page.config;
    const payers = payersOf2(k);
    const rowsOf = (part) => money2[k].filter((row) => row.part === part);
    const group = (part, title) => {
      if (!rowsOf(part).length) return [];
      return [[{ text: title, head: true, class: "pillar", span: payers.length + 3 }], ...moneyRows(k, part, payers)];
    };
    return [
      h("p", { class: "note" }, programme ? ceilingText(k, addedUp(rowsOf("in_district"))) : t("programme.none")),
      makeTable(moneyHead(payers), [...group("in_district", t("money.in")), ...group("diffusion", t("money.out"))], {
        // The panel holds so many heads side by side in either language; more stand upright.
        class: payers.length > 4 ? "money many" : "money"
      })
    ];
  };
  var gapsByYear = () => {
    const both = store.scenarios.map((k) => page.config.money[k]);
    const years = [...new Set(both.flat().map((row) => row.year))].sort((one, other) => one - other);
    const [unit, digits] = page.language === "ko" ? [1e8, 2] : [1e9, 3];
    const line = (head, pick) => {
      const [a, b] = both.map((rows) => addedUp(rows.filter(pick)));
      const [built, opex] = [builtSum, (sum) => sum.opex_krw ?? 0].map(
        (of) => [a, b].map((sum) => Math.round(of(sum) / 1e6))
      );
      const gaps = [built, opex].map(([one, other]) => (one - other) * 1e6);
      return [{ text: head, head: true }, ...gaps.map((krw) => ({ text: signed2(krw / unit, digits), class: "number" }))];
    };
    return [
      h("h3", {}, t("money.gap")),
      makeTable(
        [t("money.year"), ...["built", "opex"].map((key) => ({ text: t(`money.${key}`), class: "number" }))],
        [...years.map((year) => line(String(year), (row) => row.year === year)), line(t("money.total"), () => true)],
        { id: "gaps" }
      ),
      h("p", { class: "note" }, t("money.certain"))
    ];
  };
  var ceilingText = (k, sum) => {
    const { ceiling_krw: ceiling, national_share_max: most } = page.config.programme;
    const national = sum.national_krw ?? 0;
    const publicMoney = page.config.publicPayers.reduce((total, payer) => total + (sum[`${payer}_krw`] ?? 0), 0);
    return filled("money.ceiling", {
      spent: fact(planFact(k, "in_district/capital/all/public")),
      ceiling: formatMoney(ceiling),
      share: publicMoney ? formatPercent(national / publicMoney, 0, most) : "–",
      max: formatStatedPercent(most)
    });
  };

  // diffusion/own.js
  var YEARS = [1, 2, 3, 4, 5, 10];
  var none = () => h("p", { class: "note" }, t("own.none"));
  var word = (list, id) => id ? localised(page.config.planWords[list][id]) : "";
  var months = (text) => {
    const [year, month] = text.split("-").map(Number);
    return 12 * year + month - 1;
  };
  var span = (plan, openings) => {
    const start = months(page.config.start);
    const dated = plan.schedule.flatMap((row) => [row.planned, row.actual].filter(Boolean).map(months));
    const all = [...dated, ...openings.map((opening) => start + opening.month)];
    return all.length ? [12 * Math.floor(Math.min(...all) / 12), 12 * (Math.floor(Math.max(...all) / 12) + 1)] : null;
  };
  var gantt = (plan, k) => {
    const openings = page.config.openings[k];
    const whole = span(plan, openings);
    if (!whole) return none();
    const [first, last] = whole;
    const start = months(page.config.start);
    const steps = plan.schedule.filter((row) => row.planned).map((row) => ({ label: word("step", row.step) || row.name, at: months(row.planned), done: row.actual }));
    const services = [...new Set(openings.map((opening) => opening.service))].map((id) => {
      const dates = openings.filter((opening) => opening.service === id).map((opening) => start + opening.month);
      return { label: localised(page.config.built[id].name), from: Math.min(...dates), to: Math.max(...dates) };
    });
    const rows = [...steps, ...services];
    const [left, width, line, top] = [190, 760, 22, 24];
    const x2 = (month) => left + (month - first) / (last - first) * (width - left - 10);
    const height = top + rows.length * line + 6;
    const years = [];
    for (let month = first; month < last; month += 12) years.push(month);
    return h(
      "svg",
      { class: "gantt", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": t("own.schedule") },
      years.map((month) => [
        h("line", { x1: x2(month), x2: x2(month), y1: top - 6, y2: height, class: "rule" }),
        h("text", { x: x2(month) + 3, y: top - 10, class: "year" }, String(month / 12))
      ]),
      rows.map((row, number4) => {
        const y = top + number4 * line + line / 2;
        const label = h("text", { x: left - 8, y: y + 4, class: "label" }, row.label);
        if ("at" in row) {
          const size = 6;
          const d = `M${x2(row.at) - size} ${y}l${size} ${-size}l${size} ${size}l${-size} ${size}z`;
          return [label, h("path", { d, class: row.done ? "step done" : "step" })];
        }
        return [
          label,
          h("rect", { x: x2(row.from), y: y - 5, width: Math.max(x2(row.to) - x2(row.from), 3), height: 10, class: "bar" })
        ];
      })
    );
  };
  var roles = (plan) => plan.roles.length ? makeTable(
    [t("own.party"), t("own.name"), t("own.role"), t("own.service"), t("own.responsible")],
    plan.roles.map((row) => [
      word("party", row.party),
      bdi(row.name),
      bdi(row.role),
      row.service ? bdi(localised(row.service)) : t("own.all"),
      row.responsible ? "✓" : ""
    ])
  ) : none();
  var figure2 = (value) => value === null || value === void 0 ? "–" : formatNumber(value, Math.abs(value) < 100 ? 1 : 0);
  var band2 = ([low, middle, high]) => low === high ? figure2(middle) : `${figure2(middle)} (${figure2(low)}–${figure2(high)})`;
  var indicators = (plan) => plan.indicators.length ? makeTable(
    [t("own.indicator"), t("own.unit"), t("own.baseline"), ...YEARS.map((year) => t("own.year", { n: year }))],
    plan.indicators.flatMap((row) => {
      const named2 = row.service ? [bdi(row.name), h("small", {}, bdi(localised(row.service)))] : bdi(row.name);
      const targets = [
        { text: named2, head: true },
        bdi(row.unit),
        figure2(row.baseline),
        ...row.targets.map((value) => ({ text: figure2(value), class: "number" }))
      ];
      const said2 = row.modelled ? [
        { text: t("own.modelled", { what: word("modelled", row.measure) }), class: "quiet" },
        "",
        "",
        ...YEARS.map((_, number4) => ({
          text: row.modelled[number4] ? band2(row.modelled[number4]) : "",
          class: "number quiet"
        }))
      ] : [{ text: t("own.unmodelled"), class: "quiet", span: 3 + YEARS.length }];
      return [targets, said2];
    })
  ) : none();
  var problems = (plan) => plan.problems.length ? makeTable(
    [t("own.problem"), t("own.zone"), t("own.value"), t("own.answer"), t("own.indicator"), t("own.change")],
    plan.problems.map((row) => [
      bdi(row.problem),
      bdi(row.zone ?? ""),
      row.value === null ? "" : `${figure2(row.value)} ${row.unit ?? ""}`,
      row.services.length ? bdi(row.services.map(localised).join(", ")) : t("own.unanswered"),
      bdi(row.indicator ?? ""),
      row.change ? `${row.change.map(figure2).join(" → ")} ${row.unit_of}` : ""
    ])
  ) : none();
  var parts = (plan, k) => [
    [t("own.schedule"), gantt(plan, k)],
    [t("own.indicators"), indicators(plan)],
    [t("own.problems"), problems(plan)],
    [t("own.roles"), roles(plan)]
  ];
  var hasOwn = () => page.config.ownPlans.some(Boolean);
  var openOwn = () => {
    store.openOwn ??= makeDialog("own", "own.title", () => {
      const shown = store.scenarios.filter((k) => page.config.ownPlans[k]);
      if (!shown.length) return h("p", { class: "note" }, t("own.template"));
      return shown.map((k) => [
        heading(k),
        parts(page.config.ownPlans[k], k).map(([title, part]) => h("section", {}, h("h3", {}, title), part))
      ]);
    });
    store.openOwn();
  };

  // diffusion/frontier.js
  var [WIDTH, HEIGHT] = [340, 150];
  var [LEFT, RIGHT, TOP, BOTTOM] = [52, 20, 10, 24];
  var chart = (points) => {
    const most = Math.max(...points.map((point) => point.bound)) || 1;
    const [first, last] = [points[0].share, points[points.length - 1].share];
    const x2 = (share) => LEFT + (share - first) / (last - first || 1) * (WIDTH - LEFT - RIGHT);
    const y = (users) => HEIGHT - BOTTOM - users / most * (HEIGHT - TOP - BOTTOM);
    const line = (key) => points.map((point) => `${x2(point.share)},${y(point[key])}`).join(" ");
    const said2 = (value, at2) => h("text", { x: LEFT - 5, y: at2 + 4, "text-anchor": "end" }, formatNumber(value));
    return h(
      "svg",
      { class: "chart frontier", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": t("frontier.title") },
      [0, most].map((users) => [
        h("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(users), y2: y(users) }),
        said2(users, y(users))
      ]),
      points.map(
        ({ share }) => h("text", { x: x2(share), y: HEIGHT - 8, "text-anchor": "middle" }, formatPercent(share, 0))
      ),
      h("polyline", { class: "bound", points: line("bound") }),
      h("polyline", { class: "users", points: line("users") }),
      points.map((point) => h("circle", { cx: x2(point.share), cy: y(point.users), r: 3 }))
    );
  };
  var frontierOf = (points) => points.length > 0 && [
    h("h3", {}, t("frontier.title")),
    chart(points),
    h(
      "p",
      { class: "keys" },
      ["users", "bound"].map(
        (key) => h("span", {}, h("i", { class: key, "aria-hidden": "true" }), t(`frontier.${key}`))
      )
    ),
    makeTable(
      [t("frontier.money"), ...["users", "bound"].map((key) => ({ text: t(`frontier.${key}`), class: "number" }))],
      points.map(({ share, capital_krw, users, bound }) => [
        { text: `${formatPercent(share, 0)} · ${formatMoney(capital_krw)}`, head: true },
        { text: formatNumber(users), class: "number" },
        { text: formatNumber(Math.ceil(bound)), class: "number" }
      ]),
      { class: "frontier" }
    ),
    h("p", { class: "note" }, t("frontier.note"))
  ];

  // diffusion/rollout.js
  var FEW = 8;
  var ZOOM = 14;
  var ROLLOUT = { all: false, ring: null };
  var number3 = (text, small = null) => ({ text: [text, small && h("small", {}, small)], class: "number" });
  var nameOf = (id) => localised((page.config.services.find((service) => service.id === id) ?? page.config.built[id]).name);
  var drawRollout = () => {
    const part = document.getElementById("rollout");
    const found = page.config.rollout;
    part.hidden = !found || !store.scenarios.includes(found.scenario);
    ROLLOUT.ring?.remove();
    if (part.hidden) return;
    const better = found.moves.length > 0;
    replaceParts(
      part,
      h("h2", {}, t("rollout.title")),
      store.scenarios.length > 1 && h("p", { class: "note" }, bdi(clipped(page.config.scenarios[found.scenario].name))),
      usersTable(found),
      h("p", {}, t("rollout.bound", { bound: formatNumber(Math.ceil(found.bound)), gap: formatPercent(found.gap) })),
      h("p", { class: "note" }, t("rollout.note", { date: asOf(page.config.months) })),
      better ? movesOf(found) : h("p", { class: "note strong" }, t("rollout.none")),
      limitsOf(found),
      frontierOf(found.frontier),
      found.left_out.length > 0 && [h("h3", {}, t("rollout.left")), h("p", { class: "note" }, bdi(found.left_out))]
    );
  };
  var usersTable = ({ services, before, value }) => {
    const row = (name, old, now) => {
      const gained = Math.round(now) - Math.round(old);
      return [
        { text: name, head: true },
        number3(formatNumber(old)),
        number3(formatNumber(now), gained ? signed2(gained) : null)
      ];
    };
    const heads = ["plan", "found"].map((key) => ({ text: t(`rollout.${key}`), class: "number" }));
    return makeTable(
      [t("rollout.users"), ...heads],
      [
        ...services.map((each) => row(bdi(nameOf(each.service)), each.before, each.after)),
        services.length > 1 && row(t("rollout.all"), before, value)
      ].filter(Boolean),
      { class: "users" }
    );
  };
  var movesOf = ({ moves, same }) => {
    const shown = ROLLOUT.all ? moves : moves.slice(0, FEW);
    const turn = () => {
      ROLLOUT.all = !ROLLOUT.all;
      emit("rollout");
    };
    return [
      h("h3", {}, t("rollout.moves"), h("span", { class: "count" }, t("rollout.count", { n: moves.length, same }))),
      makeTable(
        [
          t("rollout.opening"),
          { text: t("rollout.cost"), class: "number" },
          { text: t("rollout.lost"), class: "number" }
        ],
        shown.map(moveRow),
        { class: "moves" }
      ),
      moves.length > FEW && h(
        "button",
        { type: "button", class: "action", id: "rollout-more", onclick: turn },
        t(ROLLOUT.all ? "rollout.fewer" : "rollout.more", { n: moves.length })
      ),
      h("p", { class: "note" }, t("rollout.lost.note"))
    ];
  };
  var zoneOf = ({ zone }) => clipped(page.config.zones[zone]?.name ?? "");
  var datesOf = ({ before, after }) => {
    const old = before && [...new Set(before)].map(monthName).join("–");
    return `${old ?? t("rollout.new")} → ${after === null ? t("rollout.never") : monthName(after)}`;
  };
  var moveRow = (move, at2) => {
    const units2 = formatUnits(move.units, localised(page.config.built[move.service].unit));
    const lacking = move.lacking > 0 && t("rollout.lacking", { n: formatNumber(move.lacking) });
    return [
      {
        text: [
          h(
            "button",
            { type: "button", class: "place", "data-id": `move-${at2}`, onclick: () => showPlace(move) },
            bdi(nameOf(move.service)),
            " · ",
            bdi(zoneOf(move))
          ),
          h("small", {}, datesOf(move), " · ", bdi(units2))
        ],
        head: true
      },
      number3(formatMoney(move.capex_krw)),
      number3(move.users === null ? "–" : formatNumber(move.users), lacking || null)
    ];
  };
  var showPlace = (move) => {
    const at2 = toLatLng(...move.at);
    ROLLOUT.ring?.remove();
    ROLLOUT.ring = L.circleMarker(at2, { radius: 16, color: "#0b57d0", weight: 3, fill: false, interactive: false });
    ROLLOUT.ring.addTo(scene.map);
    const said2 = h(
      "div",
      {},
      h("b", {}, bdi(nameOf(move.service))),
      h("div", {}, bdi(zoneOf(move)), " · ", datesOf(move))
    );
    ROLLOUT.ring.bindTooltip(said2, { permanent: true, direction: "top", offset: [0, -14] });
    scene.map.setView(at2, Math.max(scene.map.getZoom(), ZOOM), { animate: false });
    scene.map.getContainer().scrollIntoView({ block: "nearest" });
  };
  var limitsOf = ({ limits }) => {
    if (!limits.length) return null;
    const used = ({ used_krw, limit_krw }) => `${short(used_krw)} / ${short(limit_krw)}`;
    const said2 = ({ brings }) => brings > 0 ? t("rollout.brings", { n: formatNumber(brings, brings < 10 ? 1 : 0) }) : "–";
    return [
      h("h3", {}, t("rollout.limits")),
      makeTable(
        [
          t("money.year"),
          { text: `${t("rollout.used")} (${t("unit.money")})`, class: "number" },
          { text: t("rollout.price"), class: "number" }
        ],
        limits.map((limit) => [
          { text: `${limit.year} ${t(`money.${limit.kind}`)}`, head: true },
          number3(used(limit)),
          number3(said2(limit))
        ]),
        { class: "limits" }
      ),
      h("p", { class: "note" }, t("rollout.price.note"))
    ];
  };
  var short = (krw) => page.language === "ko" ? formatNumber(krw / 1e8, krw < 1e9 ? 2 : 1) : formatNumber(krw / 1e9, 2);

  // diffusion/timeline.js
  var drawFoot = () => {
    const foot = document.getElementById("foot");
    store.play = h("button", { type: "button", class: "play", onclick: () => store.playing ? pause() : play() });
    store.slider = h("input", {
      type: "range",
      id: "month",
      min: 0,
      max: page.config.months,
      step: 1,
      value: store.month,
      oninput: (event) => at(Number(event.target.value))
    });
    store.label = h("output", { for: "month", class: "month" });
    store.ticks = h("div", { class: "ticks", "aria-hidden": "true" });
    store.hint = h("span", { class: "note" });
    foot.append(
      h("div", { id: "hover", class: "hover", "aria-live": "off" }),
      h(
        "div",
        { class: "time" },
        store.play,
        store.label,
        h("div", { class: "track-of-time" }, store.slider, store.ticks)
      )
    );
  };
  var labelFoot = () => {
    const { months: months2 } = page.config;
    const [year] = page.config.start.split("-").map(Number);
    store.slider.setAttribute("aria-label", t("month"));
    store.slider.title = t("month.hint");
    const marks2 = /* @__PURE__ */ new Set();
    const lines = planOf().map((opening) => opening.month).filter((month) => !marks2.has(month) && marks2.add(month)).map((month) => h("i", { style: { left: `${month / months2 * 100}%` } }));
    const years = Array.from(
      { length: Math.floor(months2 / 12) + 1 },
      (_, k) => h("span", { style: { left: `${k * 12 / months2 * 100}%` } }, String(year + k))
    );
    replaceParts(store.ticks, lines, years);
    labelPlay();
    hover(null);
  };
  var labelPlay = () => {
    store.play.textContent = store.playing ? "❚❚" : "▶";
    const label = t(store.playing ? "pause" : "play");
    store.play.setAttribute("aria-label", label);
    store.play.title = `${label} (${t("month.hint")})`;
  };
  var at = (month) => {
    store.month = Math.min(page.config.months, Math.max(0, month));
    show();
  };
  var show = () => {
    store.slider.value = store.month;
    store.slider.setAttribute("aria-valuetext", asOf(store.month));
    store.label.textContent = asOf(store.month);
    store.layer.paint();
    drawOpenings();
    moveCursor();
    drawBeside();
    clearTimeout(store.keeping);
    store.keeping = setTimeout(() => keepState({ month: store.month }), 300);
  };
  var play = () => {
    if (store.month >= page.config.months) store.month = 0;
    let before = performance.now();
    const step = (now) => {
      if (!store.playing) return;
      if (now - before >= 100) {
        before = now;
        at(store.month + 1);
        if (store.month >= page.config.months) return pause();
      }
      store.playing = requestAnimationFrame(step);
    };
    store.playing = requestAnimationFrame(step);
    labelPlay();
  };
  var pause = () => {
    cancelAnimationFrame(store.playing);
    store.playing = null;
    labelPlay();
  };
  var keys = (event) => {
    const busy = event.target.closest("select, button, dialog, summary, input:not(#month)");
    if (event.key === " " && !busy) store.playing ? pause() : play();
    else if (["ArrowLeft", "ArrowRight"].includes(event.key) && !event.target.closest("select, dialog, input:not(#month), .leaflet-container")) {
      at(store.month + (event.key === "ArrowRight" ? 1 : -1) * (event.shiftKey ? 12 : 1));
    } else return;
    event.preventDefault();
  };

  // diffusion/settings.js
  var decoded = async ({ scenario, second, service, mode }) => {
    const scenarios = mode === "single" ? [scenario] : [scenario, second];
    const ofEach = (make) => Promise.all(scenarios.map((k) => make(k, service)));
    return {
      scenarios,
      potential: await potentialOf(service),
      monthly: await ofEach(monthlyFrames),
      yearly: await ofEach(yearlyFrames),
      zones: await ofEach(zoneSeries),
      figures: await ofEach(yearlyFigures)
    };
  };
  var chosen = { changes: {}, times: 0 };
  var choose = async (changes, kept2) => {
    Object.assign(chosen.changes, changes);
    keepState(kept2);
    const turn = ++chosen.times;
    const data = await decoded({ ...store, ...chosen.changes });
    if (turn < chosen.times) return;
    Object.assign(store, chosen.changes, data);
    chosen.changes = {};
    drawHubs(scene.map);
    cutMarks();
    drawSettings();
    relabel();
    drawRollout();
    drawMoney();
    drawChart();
    labelFoot();
    show();
  };
  var hubChoices = () => page.config.scenarios.map((scenario, k) => [
    String(k),
    anyOwn() ? clipped(planName(scenario)) : `${k + 1} · ${clipped(scenario.name)}`
  ]);
  var drawSettings = () => {
    replaceParts(
      document.getElementById("settings"),
      h("h2", {}, t("view")),
      viewPickers(),
      page.config.scenarios.length > 1 ? comparePickers() : null,
      h("div", { id: "reading" }),
      h("p", { class: "note" }, t("assumptions")),
      leftOutNote()
    );
    nameSwipe();
    drawLegend();
  };
  var viewPickers = () => {
    const { scenarios, services, quantiles } = page.config;
    return [
      makePicker("scenario", t(anyOwn() ? "scenario.own" : "scenario"), hubChoices(), String(store.scenario), (value) => {
        const scenario = Number(value);
        const second = store.second === scenario ? (scenario + 1) % scenarios.length : store.second;
        choose({ scenario, second }, { hub: scenarios[scenario].id, second: scenarios[second].id });
      }),
      makePicker(
        "service",
        t("service"),
        services.map((service, s) => [String(s), localised(service.name)]),
        String(store.service),
        (value) => choose({ service: Number(value) }, { service: services[Number(value)].id })
      ),
      makePicker(
        "measure",
        t("measure"),
        ["share", "adopters"].map((measure) => [measure, t(`measure.${measure}`)]),
        store.measure,
        (value) => choose({ measure: value }, { measure: value })
      ),
      makePicker(
        "statistic",
        t("statistic"),
        ["mean", ...quantiles.map(String)].map((name) => [name, t(`statistic.${name}`)]),
        store.statistic,
        (value) => choose({ statistic: value }, { stat: value })
      )
    ];
  };
  var comparePickers = () => {
    const { scenarios } = page.config;
    const modes = makePicker(
      "mode",
      t("mode"),
      ["single", "swipe", "difference"].map((mode) => [mode, t(`mode.${mode}`)]),
      store.mode,
      (value) => choose({ mode: value }, { mode: value })
    );
    if (store.mode === "single") return [modes];
    const others = hubChoices().filter(([k]) => k !== String(store.scenario));
    const second = makePicker(
      "second",
      t("second"),
      others,
      String(store.second),
      (value) => choose({ second: Number(value) }, { second: scenarios[Number(value)].id })
    );
    return [modes, second];
  };
  var leftOutNote = () => {
    const left = page.config.notSimulated.map(({ name, reason }) => [localised(name), localised(reason)]);
    if (!left.length) return null;
    return h(
      "p",
      { class: "note warn", title: left.map(([name, reason]) => `${name}: ${reason}`).join("\n") },
      bdi(t("notSimulated", { names: left.map(([name, reason]) => `${name} (${reason})`).join(", ") }))
    );
  };
  var nameSwipe = () => {
    const { scenarios } = page.config;
    const swiping = store.mode === "swipe";
    for (const part of Object.values(store.swipe)) part.hidden = !swiping;
    store.swipe.slider.setAttribute("aria-label", t("swipe"));
    if (!swiping) return;
    replaceParts(
      store.swipe.names,
      [store.scenario, store.second].map((k) => h("span", {}, bdi(clipped(scenarios[k].name))))
    );
  };

  // diffusion/swipe.js
  var drawSwipe = () => {
    const bar = h("div", { class: "swipe", hidden: true });
    const place = (percent2) => {
      store.split = percent2 / 100;
      bar.style.left = `${percent2}%`;
    };
    const kept2 = Number(page.state.bar);
    place(page.state.bar && kept2 >= 0 && kept2 <= 100 ? kept2 : 50);
    const slider = h("input", {
      type: "range",
      min: 0,
      max: 100,
      step: 0.5,
      value: store.split * 100,
      class: "swipe-input",
      hidden: true,
      oninput: (event) => {
        place(Number(event.target.value));
        store.layer.paint();
        cutMarks();
      },
      // Once the hand rests, as with the month.
      onchange: (event) => keepState({ bar: event.target.value })
    });
    const names = h("div", { class: "swipe-names", hidden: true });
    document.getElementById("stage").append(bar, slider, names);
    store.swipe = { bar, slider, names };
  };

  // ui/print.js
  var SHEET = { width: 1040, height: 560 };
  addEventListener("beforeprint", () => {
    const { width, height } = document.getElementById("stage").getBoundingClientRect();
    const { style } = document.documentElement;
    style.setProperty("--stage-width", `${width}px`);
    style.setProperty("--stage-height", `${height}px`);
    style.setProperty("--stage-zoom", String(Math.min(SHEET.width / width, SHEET.height / height)));
  });

  // diffusion/index.js
  var openDiffusion = async (map) => {
    const { scenarios, services, months: months2 } = page.config;
    const position = (list, id, otherwise) => {
      const at2 = list.findIndex((entry) => entry.id === id);
      return at2 >= 0 ? at2 : otherwise;
    };
    store.scenario = position(scenarios, page.state.hub, 0);
    if (!services.length) return void openEmpty(map);
    store.second = position(scenarios, page.state.second, scenarios.length > 1 ? store.scenario === 0 ? 1 : 0 : 0);
    store.service = position(services, page.state.service, 0);
    store.measure = page.state.measure === "adopters" ? "adopters" : "share";
    store.mode = ["swipe", "difference"].includes(page.state.mode) && scenarios.length > 1 ? page.state.mode : "single";
    store.statistic = page.config.quantiles.map(String).includes(page.state.stat) ? page.state.stat : "mean";
    store.month = Math.min(months2, Math.max(0, parseInt(page.state.month ?? `${Math.min(60, months2)}`, 10) || 0));
    store.cell = cumulated(varints(await readBlob("cell")));
    store.ofGrid = new Int32Array(page.config.grid.cells).fill(-1);
    store.cell.forEach((row, cell) => store.ofGrid[row] = cell);
    store.codes = new TextDecoder().decode(await readBlob("codes")).split("\n");
    store.inside = await Promise.all(scenarios.map((_, k) => readBlob(`inside-${k}`)));
    store.colours = [new Uint32Array(page.config.grid.cells), new Uint32Array(page.config.grid.cells)];
    store.layer = cellLayer(coloursOf);
    document.getElementById("left").append(...["settings", "openings"].map((id) => h("section", { class: "panel", id })));
    document.getElementById("right").append(...["chart", "now", "beside", "rollout", "money"].map((id) => h("section", { class: "panel", id })));
    page.headButtons = [
      ["zones.open", openZones],
      ["diffusion.csv", exportSeries]
    ];
    if (hasOwn()) page.headButtons.unshift(["own.open", openOwn], ["change.open", openChange]);
    await readEdits();
    drawSwipe();
    layMarks(map);
    Object.assign(store, await decoded(store));
    store.layer.addTo(map);
    scene.marked = marks;
    on("month", at);
    on("rollout", drawRollout);
    drawHubs(map);
    drawFoot();
    map.on("mousemove", (event) => hover(event.latlng));
    map.on("mouseout", () => hover(null));
    document.addEventListener("keydown", keys);
    onRender(() => {
      cutMarks();
      drawSettings();
      drawRollout();
      drawMoney();
      drawChart();
      labelFoot();
      show();
    });
  };
  var openEmpty = (map) => {
    const { scenarios, notSimulated } = page.config;
    const [settings, money2] = ["settings", "money"].map((id) => h("section", { class: "panel", id }));
    document.getElementById("left").append(settings);
    document.getElementById("right").append(money2);
    const draw = () => {
      store.scenarios = [store.scenario];
      drawHubs(map);
      replaceParts(
        document.getElementById("legend"),
        makeLegend(t("scenario"), [{ line: true, colour: HUB[0], label: bdi(clipped(scenarios[store.scenario].name)) }])
      );
      replaceParts(
        settings,
        h("h2", {}, t("view")),
        makePicker(
          "scenario",
          t(anyOwn() ? "scenario.own" : "scenario"),
          hubChoices(),
          String(store.scenario),
          (value) => {
            store.scenario = Number(value);
            keepState({ hub: scenarios[store.scenario].id });
            draw();
          }
        ),
        h("p", { class: "note strong" }, t("report.unsimulated")),
        h("h3", {}, t("data.notSimulated")),
        h(
          "ul",
          {},
          notSimulated.map((item) => h("li", {}, h("b", {}, bdi(item.name)), " — ", bdi(item.reason)))
        )
      );
      drawMoney();
    };
    onRender(draw);
  };
  var exportSeries = () => {
    const { series, services, scenarios } = page.config;
    const rows = [
      [
        "scenario",
        "district_id",
        "district",
        "service",
        "date",
        "month",
        "place",
        "adopters_p10",
        "adopters_p50",
        "adopters_p90",
        "potential"
      ]
    ];
    series.forEach(
      (each, k) => each.forEach(
        (entry, s) => ["inside", "outside"].forEach(
          (where) => entry[where].mid.forEach(
            (mid, month) => rows.push([
              scenarios[k].id,
              scenarios[k].hub,
              asWritten(scenarios[k].name),
              services[s].id,
              asOf(month),
              month,
              where,
              entry[where].low?.[month],
              mid,
              entry[where].high?.[month],
              entry[where].potential
            ])
          )
        )
      )
    );
    downloadText(`${page.config.region.id}-diffusion.csv`, csvText(rows));
  };
  showParts(store, {
    at,
    home,
    scene,
    marked: marks,
    SHARE: SHARE_OF_CODE,
    cellUnder,
    changesFor,
    openBook,
    bookWith,
    monthly: monthlyFrames,
    openData,
    potential: potentialOf,
    readBlob,
    render,
    toLatLng
  });
  whenMapStands(openDiffusion);
})();

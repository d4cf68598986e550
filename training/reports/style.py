"""How the page looks: on a bright screen, on a dark one, on paper."""

_BRIGHT = """--ink:#1d2430;--soft:#57606c;--ground:#fff;--card:#f3f5f8;--line:#cdd4dc;
--accent:#1f6fc4;--wrong:#cf5a12;"""
_DARK = """--ink:#e8ecf1;--soft:#a9b3bf;--ground:#14181d;--card:#1e242b;--line:#3b4551;
--accent:#4f9bea;--wrong:#f08a3e;"""
# At least 3.5 : 1 on either ground; the dashes tell them apart without colour.
_SERIES = "".join(
    f"--series-{i}:{colour};"
    for i, colour in enumerate(
        ("#2f7fd1", "#d9661f", "#1f8f6c", "#a85cc0", "#8f7a1a", "#d1495b", "#1a8a9a", "#7a8698")
    )
)

STYLE = f"""
:root{{color-scheme:light dark;{_BRIGHT}{_SERIES}}}
@media screen and (prefers-color-scheme:dark){{:root{{{_DARK}}}}}
*{{box-sizing:border-box}}
body{{font:16px/1.55 'SignMirror Sans','Noto Sans',system-ui,sans-serif;color:var(--ink);
background:var(--ground);max-width:1180px;margin:2rem auto;padding:0 1.25rem}}
h1{{font-size:1.75rem;line-height:1.25;margin:0 0 .3rem}}
h2{{font-size:1.25rem;margin:2.6rem 0 .5rem;padding-top:.8rem;border-top:1px solid var(--line)}}
h3{{font-size:1rem;margin:1.3rem 0 .2rem}}
p,ul,ol{{max-width:54rem;margin:.5rem 0}}
small,figcaption,.soft{{color:var(--soft)}}small,figcaption{{font-size:.85rem}}
nav{{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}}nav a{{color:var(--accent)}}
.summary{{background:var(--card);border-left:4px solid var(--accent);padding:.8rem 1.1rem;
font-size:1.08rem;max-width:none}}
.scroll{{overflow-x:auto}}
table{{border-collapse:collapse;width:100%;margin:.9rem 0;font-variant-numeric:tabular-nums}}
td small{{white-space:nowrap}}
th,td{{text-align:right;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}}
thead th{{vertical-align:bottom;font-size:.85rem;color:var(--soft)}}
th:first-child{{text-align:left}}tbody th{{font-weight:400}}
tr.ours>*{{font-weight:700;background:var(--card)}}tr small{{display:block;font-weight:400}}
dl{{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;font-size:.9rem;
max-width:60rem}}dt{{font-weight:700}}dd{{margin:0;color:var(--soft)}}
figure{{margin:.9rem 0;break-inside:avoid}}
.plot{{display:block;max-width:100%;height:auto;overflow:visible;fill:var(--ink)}}
.plot text{{font-family:inherit}}
.key{{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .3em 0 .6em}}
.pairs{{columns:2;column-gap:2.5rem;max-width:none;padding-left:2.2rem}}
.pairs li{{break-inside:avoid;padding-left:.2rem}}
.worst{{display:grid;grid-template-columns:repeat(auto-fill,minmax(30rem,1fr));gap:1rem}}
.worst section{{background:var(--card);border-radius:8px;padding:.7rem .9rem;break-inside:avoid}}
.worst h3{{margin:0}}.worst small{{display:block}}
.worst img{{display:block;width:100%;max-width:26rem;border-radius:4px;
margin:.35rem 0 .1rem}}
code{{background:var(--card);padding:.15rem .4rem;border-radius:4px;overflow-wrap:anywhere;
white-space:pre-wrap}}
@media (max-width:640px){{.pairs{{columns:1}}.worst{{grid-template-columns:1fr}}}}
@media print{{@page{{size:A4;margin:14mm}}body{{max-width:none;margin:0;padding:0;font-size:10pt;
print-color-adjust:exact;-webkit-print-color-adjust:exact}}nav{{display:none}}
h2,h3,h2+p,h2+p+p{{break-after:avoid}}
dl{{break-inside:avoid}}small{{font-size:7.5pt}}td{{white-space:nowrap}}tr{{break-inside:avoid}}table{{font-size:8.5pt}}
th,td{{padding:.25rem .3rem}}.worst{{grid-template-columns:1fr 1fr}}}}
"""

(() => {
const all = document.getElementById("statements"), find = document.getElementById("find");
const [words, source, role, order] = find.querySelectorAll("input,select"), told = find.querySelector("[role=status]");
const rows = [...all.querySelectorAll(".claim")].map((item, place) => ({item, place, text: "", list: item.parentNode,
  days: item.dataset.d ? +item.dataset.d : NaN, sure: item.dataset.p ? +item.dataset.p : Infinity}));
const folds = [...all.querySelectorAll("details")];
const key = {short: row => isNaN(row.days) ? Infinity : row.days, long: row => isNaN(row.days) ? Infinity : -row.days,
  sure: row => row.sure};
const matches = (row, asked) => (!source.value || row.list.dataset.s === source.value)
  && (!role.value || row.item.dataset.r === role.value)
  && asked.every(word => (row.text ||= row.item.textContent.toLowerCase()).includes(word));
const update = () => {
  const asked = words.value.toLowerCase().split(/\s+/).filter(Boolean), busy = asked.length || source.value || role.value;
  let count = 0;
  for (const row of rows) { const hit = matches(row, asked); row.item.hidden = !hit; count += hit; }
  for (const fold of folds) {
    const left = fold.querySelectorAll(".claim:not([hidden])").length;
    fold.hidden = !left;
    if (busy && left) fold.open = true;
  }
  told.textContent = busy ? `${count} of ${rows.length} statements` : "";
};
const said = {short: "shortest", long: "longest", sure: "least certain role"};
const sort = () => {
  const by = key[order.value] || (row => row.place);
  for (const row of [...rows].sort((a, b) => by(a) - by(b) || a.place - b.place)) row.list.append(row.item);
  if (order.value) for (const fold of folds) fold.open = !fold.hidden;
  told.textContent = order.value ? `${said[order.value]} first, in each article` : "";
};
const follow = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (!target || !target.closest("[hidden]")) return;
  words.value = source.value = role.value = "";
  update();
  target.closest("details").open = true;
  target.scrollIntoView();
};
words.addEventListener("input", update);
source.addEventListener("change", update);
role.addEventListener("change", update);
order.addEventListener("change", sort);
addEventListener("hashchange", follow);
find.hidden = false;
})();

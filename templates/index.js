"use strict";
(() => {
  // What is folded on a screen stands open on paper, and in browsers that know no ::details-content.
  const folded = Array.from(document.querySelectorAll("details.long"));
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = folded.filter((one) => !one.open);
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });

  const filter = document.getElementById("filter");
  if (!filter) return;
  const fields = Array.from(filter.querySelectorAll("[data-field]"));
  const shown = document.getElementById("shown");
  const rows = Array.from(document.querySelectorAll("#list > tbody > tr"), (element) => ({
    element,
    data: element.dataset,
    text: element.textContent.toLowerCase(),
  }));

  const fits = (row, field) => {
    const wanted = field.value.trim();
    if (!wanted) return true;
    if (field.dataset.field === "text") return wanted.toLowerCase().split(/\s+/).every((word) => row.text.includes(word));
    // A finding has several statuses where others are folded under it.
    if (field.dataset.field === "status") return row.data.status.split(" ").includes(field.value);
    return row.data[field.dataset.field] === field.value;
  };

  const apply = () => {
    let count = 0;
    for (const row of rows) {
      const fit = fields.every((field) => fits(row, field));
      row.element.hidden = !fit;
      count += fit ? 1 : 0;
    }
    shown.textContent = count === rows.length ? `显示全部${count}个。` : `显示${count}个，共${rows.length}个。`;
  };

  filter.addEventListener("input", apply);
  document.getElementById("reset").addEventListener("click", () => {
    for (const field of fields) field.value = "";
    apply();
    fields[0].focus();
  });
  filter.hidden = false;
  apply();
})();

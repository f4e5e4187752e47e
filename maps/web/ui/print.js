// A map page on paper: the map as it stands on the screen, scaled to a sheet. Laid out anew it would show something else.

const SHEET = { width: 1040, height: 560 }; // what A4 across has beside margins, heading and months, at 96 pixels an inch

addEventListener("beforeprint", () => {
  const { width, height } = document.getElementById("stage").getBoundingClientRect();
  const { style } = document.documentElement;
  style.setProperty("--stage-width", `${width}px`);
  style.setProperty("--stage-height", `${height}px`);
  style.setProperty("--stage-zoom", String(Math.min(SHEET.width / width, SHEET.height / height)));
});

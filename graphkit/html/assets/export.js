// The view as a picture to put into a report.
const SHARPNESS = 2;

const svgWords = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(sceneAsSvg())}\n`;

function savePng() {
  const words = svgWords();
  const area = at("picture");
  const image = new Image();
  image.onload = () => {
    const canvas = element("canvas", { width: image.width * SHARPNESS, height: image.height * SHARPNESS });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save("graph.png", blob), "image/png");
  };
  image.width = area.clientWidth;
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(words)}`;
}

Object.assign(downloads, {
  svg: () => save("graph.svg", new Blob([svgWords()], { type: "image/svg+xml" })),
  png: savePng,
});

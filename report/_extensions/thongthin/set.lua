-- What is printed in this format, in the place of the text: numbers, quotes, citations, references and tables as the workflow
-- has set them (workflow/thongthin/present/setting), the same for both engines.

function Pandoc(doc)
  local file = assert(io.open("set." .. FORMAT .. ".json", "rb"))
  local made = pandoc.read(file:read("a"), "json")
  file:close()
  doc.blocks = made.blocks
  for name, value in pairs(made.meta) do
    doc.meta[name] = value
  end
  return doc
end

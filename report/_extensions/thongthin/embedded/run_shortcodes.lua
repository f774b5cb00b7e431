-- Quarto runs shortcodes itself; for plain pandoc they come as spans with the attributes `shortcode` and `argument`,
-- and are handed to the same functions here. And figures get the ending of the file that suits the format.

local handlers = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "..", "shortcodes.lua" }))

local function run(element)
  local name = element.attributes.shortcode
  return name and handlers[name]({ element.attributes.argument })
end

local function with_ending(image)
  if not image.src:match("%.%w+$") then
    image.src = image.src .. (FORMAT == "docx" and ".png" or ".svg")
    return image
  end
end

return {
  {
    Para = function(para)
      local only = #para.content == 1 and para.content[1].t == "Span" and para.content[1]
      if only and only.attributes.shortcode == "quote" then
        return run(only)
      end
    end,
  },
  { Span = run, Image = with_ending },
}

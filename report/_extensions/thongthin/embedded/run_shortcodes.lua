-- Quarto runs shortcodes itself; for plain pandoc they come as spans with the attributes `shortcode` and `argument`,
-- and are handed to the same functions here.

local handlers = dofile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), "..", "shortcodes.lua" }))

local function run(element)
  local name = element.attributes.shortcode
  return name and handlers[name]({ element.attributes.argument })
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
  { Span = run },
}

-- Typst reads what stands first in brackets as the beginning of a line, where = begins a heading, + - and 1. a list, / a
-- term: "#box[= .003]" would be a heading. In running text nothing is meant so.

if not FORMAT:match("typst") then
  return {}
end

local function begins_a_line(text)
  return text:find("^[=+/-]") or text:find("^%d+%.")
end

return {
  {
    Inlines = function(inlines)
      local changed
      for place = #inlines, 2, -1 do
        local before, own = inlines[place - 1], inlines[place]
        local open = before.t == "RawInline" and before.format == "typst" and before.text:find("%[$")
        if open and own.t == "Str" and begins_a_line(own.text) then
          inlines:insert(place, pandoc.RawInline("typst", "#none;"))
          changed = true
        end
      end
      return changed and inlines or nil
    end,
  },
}

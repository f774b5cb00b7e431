-- PDF: what stands in the place of characters that its fonts lack (see workflow/thongthin/present/render/characters.py).

if not FORMAT:match("typst") then
  return {}
end

local instead = {}

local function replace(element)
  local found
  local text = element.text:gsub("[\xC2-\xF4][\x80-\xBF]+", function(character)
    found = found or instead[character]
    return instead[character]
  end)
  if found then
    element.text = text
    return element
  end
end

function Pandoc(doc)
  local own = doc.meta.thongthin
  for _, one in ipairs(own and own["missing-characters"] or {}) do
    instead[utf8.char(tonumber(pandoc.utils.stringify(one.code), 16))] = pandoc.utils.stringify(one.instead)
  end
  if next(instead) then -- seldom; to look through all words takes time
    return doc:walk({ Str = replace, Code = replace, CodeBlock = replace, Math = replace })
  end
end

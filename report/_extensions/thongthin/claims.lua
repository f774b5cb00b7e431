-- Sentences that are bound to a claim, `[...]{claim=id}`, and what their authors think, `[...]{.interpretation}`: of the
-- second readers see nothing. A bound sentence leads to what it is bound to: it keeps its claim as the place of its
-- evidence, of which article.lua makes a link, and in Word a name ("c12_id" is the twelfth). In a draft, sentences of the
-- claims in the metadata `thongthin.marked` are highlighted.

local marked = {}
local count, unnamed = 0, false

local function highlighted(content)
  if FORMAT:match("typst") then
    content:insert(1, pandoc.RawInline("typst", "#highlight["))
    content:insert(pandoc.RawInline("typst", "]"))
    return content
  end
  return pandoc.Inlines({ pandoc.Span(content, { class = "mark" }) })
end

-- As for values (shortcodes.lua): 40 letters at most; in a copy without names, or for the public, the number alone.
local function name_of(claim)
  count = count + 1
  if not FORMAT:match("html") and FORMAT ~= "docx" then
    return ""
  end
  return unnamed and "c" .. count or ("c" .. count .. "_" .. claim:gsub("[^%w]", "_")):sub(1, 40)
end

local function unmark(span)
  local claim = span.attributes.claim
  if not claim then
    return span.classes:includes("interpretation") and span.content or nil
  end
  local content = marked[claim] and highlighted(span.content) or span.content
  return pandoc.Span(content, pandoc.Attr(name_of(claim), { "claim" }, { evidence = "claim/" .. claim }))
end

function Pandoc(doc)
  local own = doc.meta.thongthin
  unnamed = not (own and own["evidence-of"])
  for _, claim in ipairs(own and own.marked or {}) do
    marked[pandoc.utils.stringify(claim)] = true
  end
  return doc:walk({ Span = unmark })
end

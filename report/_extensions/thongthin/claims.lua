-- Sentences that are bound to a claim, `[...]{claim=id}`, and what their authors think, `[...]{.interpretation}`: readers
-- see neither mark. In a draft, sentences of the claims in the metadata `thongthin.marked` are highlighted.

local marked = {}

local function unmark(span)
  local claim = span.attributes.claim
  if not claim and not span.classes:includes("interpretation") then
    return nil
  end
  if claim and marked[claim] then
    if FORMAT:match("typst") then
      span.content:insert(1, pandoc.RawInline("typst", "#highlight["))
      span.content:insert(pandoc.RawInline("typst", "]"))
    else
      return pandoc.Span(span.content, { class = "mark" })
    end
  end
  return span.content
end

function Pandoc(doc)
  local own = doc.meta.thongthin
  for _, claim in ipairs(own and own.marked or {}) do
    marked[pandoc.utils.stringify(claim)] = true
  end
  return doc:walk({ Span = unmark })
end

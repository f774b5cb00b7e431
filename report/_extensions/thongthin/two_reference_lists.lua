-- Two lists of references from one set of citations: ::: {#refs} in the article's language, ::: {#refs-translated}
-- in the other one, in the order of the first. Citations read as the first list does.
-- Metadata: thongthin.references.first and .second, each with data (CSL-JSON), style (CSL) and lang.

local CROSS_REFERENCES = { fig = true, tbl = true, sec = true }

local function is_cross_reference(cite)
  local kind = cite.citations[1].id:match("^(%a+)%-")
  return CROSS_REFERENCES[kind] == true
end

-- The document with its citations and its list made by citeproc; it reads these keys from the metadata.
local function cited(blocks, source, linked)
  local meta = pandoc.Meta({
    bibliography = source.data,
    csl = source.style,
    lang = source.lang,
    ["link-citations"] = linked,
  })
  return pandoc.utils.citeproc(pandoc.Pandoc(blocks, meta)).blocks
end

local function list_in(blocks)
  local list
  blocks:walk({
    Div = function(div)
      if div.identifier == "refs" then
        list = div
      end
    end,
  })
  return list
end

local function entries(list)
  local ids = pandoc.List({})
  for _, entry in ipairs(list.content) do
    ids:insert((entry.identifier:gsub("^ref%-", "")))
  end
  return ids
end

-- Cross-references look like citations; citeproc must not see them.
local function hide_cross_references(blocks)
  local hidden = {}
  blocks = blocks:walk({
    Cite = function(cite)
      if is_cross_reference(cite) then
        table.insert(hidden, cite)
        return pandoc.Span({}, { class = "hidden-cross-reference", number = tostring(#hidden) })
      end
    end,
  })
  return blocks, hidden
end

local function show_cross_references(blocks, hidden)
  return blocks:walk({
    Span = function(span)
      if span.classes:includes("hidden-cross-reference") then
        return hidden[tonumber(span.attributes.number)]
      end
    end,
    -- What is cited is text now; Typst and Quarto would take a Cite for work still to do.
    Cite = function(cite)
      if not is_cross_reference(cite) then
        return cite.content
      end
    end,
  })
end

local function finished(list, lang)
  list.attributes.lang = lang
  if FORMAT == "docx" then
    list.attributes["custom-style"] = "Bibliography"
  elseif FORMAT:match("typst") then
    list.content:insert(1, pandoc.RawBlock("typst", '#references(lang: "' .. lang:sub(1, 2) .. '")['))
    list.content:insert(pandoc.RawBlock("typst", "]"))
  end
  return list
end

function Pandoc(doc)
  local first, second = doc.meta.thongthin.references.first, doc.meta.thongthin.references.second
  local blocks, hidden = hide_cross_references(doc.blocks)
  blocks = cited(blocks, first, true)
  doc.blocks = show_cross_references(blocks, hidden)

  local list = list_in(doc.blocks)
  local ids = list and entries(list) or pandoc.List({})
  local translated = pandoc.Blocks({})
  if #ids > 0 then
    local citations = ids:map(function(id)
      return pandoc.Citation(id, "NormalCitation")
    end)
    local other = list_in(cited(pandoc.Blocks({ pandoc.Para({ pandoc.Cite({}, citations) }) }), second, false))
    local by_id = {}
    for _, entry in ipairs(other.content) do
      by_id[entry.identifier:gsub("^ref%-", "")] = entry
    end
    for _, id in ipairs(ids) do
      by_id[id].identifier = "ref-translated-" .. id
      translated:insert(by_id[id])
    end
  end

  local languages = { first = pandoc.utils.stringify(first.lang), second = pandoc.utils.stringify(second.lang) }
  doc.blocks = doc.blocks:walk({
    Div = function(div)
      if div.identifier == "refs" then
        return finished(div, languages.first)
      elseif div.identifier == "refs-translated" then
        div.classes = list and list.classes or div.classes
        div.content = translated
        return finished(div, languages.second)
      end
    end,
  })
  return doc
end

-- JATS XML: what a journal's system wants in places of its own. The abstracts and the lists of references leave the text for
-- the places that article.jats has for them; figures, tables with their notes, and quotes are written as JATS has them.

if not FORMAT:match("jats") then
  return {}
end

local function raw(text)
  return pandoc.RawBlock("jats", text)
end

local function escaped(text)
  return (text:gsub('[&<>"]', { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

-- Inlines as JATS: pandoc's writer puts each line of text into a paragraph.
local function written(inlines)
  local text = pandoc.write(pandoc.Pandoc({ pandoc.Para(inlines) }), "jats_publishing", { wrap_text = "none" })
  return (text:gsub("^%s*<p>", ""):gsub("</p>%s*$", ""))
end

-- A quote of the study, with who said it.
local function quote(block)
  local said, by
  block:walk({
    Div = function(div)
      said = div.classes:includes("quotation") and div or said
      by = div.classes:includes("attribution") and div or by
    end,
  })
  if said and by then
    local lang = said.attributes.lang and ' xml:lang="' .. escaped(said.attributes.lang) .. '"' or ""
    return raw("<disp-quote" .. lang .. "><p>" .. written(said.content[1].content) .. "</p><attrib>"
      .. written(by.content[1].content) .. "</attrib></disp-quote>")
  end
end

local function entry(div)
  local content = pandoc.utils.blocks_to_inlines(div.content)
  return '<ref id="' .. escaped(div.identifier) .. '"><mixed-citation>' .. written(content) .. "</mixed-citation></ref>"
end

local function list_of(div, title)
  local parts = { '<ref-list xml:lang="' .. escaped(div.attributes.lang or "") .. '"><title>' .. written(title) .. "</title>" }
  for _, one in ipairs(div.content) do
    parts[#parts + 1] = entry(one)
  end
  parts[#parts + 1] = "</ref-list>"
  return pandoc.MetaBlocks({ raw(table.concat(parts, "\n")) })
end

-- A figure with its description, a table with its note.
local function float(div)
  local own, content = div.attributes, div.content
  local blocks = pandoc.Blocks({ raw("<" .. own.kind .. ' id="' .. escaped(own.name) .. '"><label>' .. escaped(own.label)
    .. "</label><caption><p>" .. written(content:remove(1).content) .. "</p></caption>") })
  local notes = {}
  for _, block in ipairs(content) do
    local image = (block.t == "Plain" or block.t == "Para") and block.content[1]
    if block.t == "Div" and block.classes:includes("table-note") then
      for _, note in ipairs(block.content) do
        notes[#notes + 1] = "<p>" .. written(note.content) .. "</p>"
      end
    elseif image and image.t == "Image" then
      blocks:insert(raw("<alt-text>" .. escaped(pandoc.utils.stringify(image.caption)) .. '</alt-text><graphic xlink:href="'
        .. escaped(image.src) .. '"/>'))
    elseif block.t == "Table" then -- pandoc's writer would put it into another table-wrap
      local text = pandoc.write(pandoc.Pandoc({ block }), "jats_publishing", { wrap_text = "none" })
      blocks:insert(raw(text:match("<table[ >].*</table>")))
    else
      blocks:insert(block)
    end
  end
  if #notes > 0 then
    blocks:insert(raw("<table-wrap-foot>" .. table.concat(notes) .. "</table-wrap-foot>"))
  end
  blocks:insert(raw("</" .. own.kind .. ">"))
  return blocks
end

function Pandoc(doc)
  local own = doc.meta.thongthin
  local names = { [pandoc.utils.stringify(own["abstract-names"].own)] = "abstract",
    [pandoc.utils.stringify(own["abstract-names"].other)] = "trans-abstract" }
  local kept, parts, into = pandoc.Blocks({}), {}, nil
  local lists = pandoc.List({})
  local title
  for _, block in ipairs(doc.blocks) do
    if block.t == "Header" then
      title = block.content
      into = names[pandoc.utils.stringify(block.content)]
      if into then
        parts[into] = pandoc.Blocks({})
      else
        kept:insert(block)
      end
    elseif block.t == "Div" and block.identifier:match("^keywords") then
      into = nil -- they stand in the metadata, and end an abstract
    elseif block.t == "Div" and block.identifier:match("^refs") then
      if kept[#kept] and kept[#kept].t == "Header" then
        kept:remove() -- it has become the title of the list
      end
      if #block.content > 0 then
        lists:insert(list_of(block, title or pandoc.Inlines({})))
      end
    elseif into then
      parts[into]:insert(block)
    else
      kept:insert(block)
    end
  end
  -- A heading under which nothing is left, such as that of both lists.
  while #kept > 0 and kept[#kept].t == "Header" do
    kept:remove()
  end
  for name, blocks in pairs(parts) do
    doc.meta[name] = pandoc.MetaBlocks(blocks)
  end
  doc.meta["thongthin-lists"] = pandoc.MetaList(lists)
  doc.blocks = kept:walk({
    traverse = "topdown",
    BlockQuote = quote,
    Div = function(div)
      if div.classes:includes("float") then
        return float(div)
      end
      return div.content -- these only have a language or a name
    end,
  })
  return doc
end

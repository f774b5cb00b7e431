-- Numbered figures, tables and sections, and references to them. Quarto has such a filter of its own, which is off
-- (`crossref: false`): its tables in Word stand within tables, and its captions are not as ours.
-- Words come from the metadata: thongthin.crossref.fig-title, fig-prefix and so on. No block has the id of a figure or a
-- table, which Quarto would take for one still to be made.

local typst = FORMAT:match("typst") ~= nil
local html = FORMAT:match("html") ~= nil
local docx = FORMAT == "docx"

local words
local numbers = {}
local count = { fig = 0, tbl = 0 }
local sections = {}

local function kind_of(id)
  local kind = id:match("^(%a+)%-")
  return (kind == "fig" or kind == "tbl" or kind == "sec") and kind
end

local function word(name)
  return pandoc.utils.stringify(words[name])
end

local function next_number(id)
  local kind = kind_of(id)
  count[kind] = count[kind] + 1
  numbers[id] = tostring(count[kind])
end

-- Word counts by itself and can count again: a caption has its number as a field (SEQ), with a bookmark around the label,
-- and references are fields (REF) that show what stands in that bookmark, or in the one around the number alone.
local bookmarks = 0

local function text_run(text, bold)
  local style = bold and "<w:rPr><w:b/><w:bCs/></w:rPr>" or ""
  return "<w:r>" .. style .. '<w:t xml:space="preserve">' .. text .. "</w:t></w:r>"
end

local function field(code, shown, bold)
  return '<w:fldSimple w:instr=" ' .. code .. ' ">' .. text_run(shown, bold) .. "</w:fldSimple>"
end

-- No more than 40 signs, the first of them "_": Word does not list these.
local function bookmark_name(kind, id)
  return ("_" .. kind .. "_" .. id:gsub("%W", "_")):sub(1, 40)
end

local function bookmarked(name, content)
  bookmarks = bookmarks + 1
  local number = 100000 + bookmarks -- pandoc counts its own from 1
  return '<w:bookmarkStart w:id="' .. number .. '" w:name="' .. name .. '"/>' .. content
    .. '<w:bookmarkEnd w:id="' .. number .. '"/>'
end

local function word_caption(id, caption)
  local label = word(kind_of(id) .. "-title")
  local number = field("SEQ " .. label .. " \\* ARABIC", numbers[id], true)
  local whole = text_run(label .. "\u{a0}", true) .. bookmarked(bookmark_name("number", id), number)
  local open = pandoc.RawInline("openxml", bookmarked(bookmark_name("label", id), whole))
  return pandoc.Inlines({ open, pandoc.Space() }) .. caption
end

local function word_reference(id, text, alone)
  local name = bookmark_name(alone and "number" or "label", id)
  return pandoc.RawInline("openxml", field("REF " .. name .. " \\h \\* MERGEFORMAT", text))
end

local function numbered_caption(id, caption)
  if docx then
    return word_caption(id, caption)
  end
  local label = word(kind_of(id) .. "-title") .. "\u{a0}" .. numbers[id]
  return pandoc.Inlines({ pandoc.Strong({ pandoc.Str(label) }), pandoc.Space() }) .. caption
end

-- A float as Quarto's Typst has it; Typst numbers it, and the template sets its caption.
local function typst_float(id, content, caption)
  local kind = kind_of(id)
  local position = kind == "tbl" and "top" or "bottom"
  local close = pandoc.Inlines({ pandoc.RawInline("typst", "], caption: figure.caption(position: " .. position .. ", [") })
  close:extend(caption)
  close:insert(pandoc.RawInline("typst", ']), kind: "quarto-float-' .. kind .. '", supplement: "'
    .. word(kind .. "-title") .. '", numbering: "1") <' .. id .. ">"))
  local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#figure([") })
  blocks:extend(content)
  blocks:insert(pandoc.Plain(close))
  return blocks
end

local function html_float(id, content, caption)
  local line = pandoc.Inlines({ pandoc.RawInline("html", "<figcaption>") }) .. numbered_caption(id, caption)
  line:insert(pandoc.RawInline("html", "</figcaption>"))
  local blocks = pandoc.Blocks(content)
  blocks:insert(kind_of(id) == "tbl" and 1 or #blocks + 1, pandoc.Plain(line))
  blocks:insert(1, pandoc.RawBlock("html", '<figure id="' .. id .. '">'))
  blocks:insert(pandoc.RawBlock("html", "</figure>"))
  return blocks
end

local function word_float(id, content, caption)
  local table_ = kind_of(id) == "tbl"
  local style = table_ and "Table Caption" or "Image Caption"
  local marked = pandoc.Span(numbered_caption(id, caption), { id = id })
  local line = pandoc.Div({ pandoc.Para({ marked }) }, { ["custom-style"] = style })
  local blocks = pandoc.Blocks(content)
  if not table_ then
    blocks = pandoc.Blocks({ pandoc.Div(blocks, { ["custom-style"] = "Captioned Figure" }) })
  end
  blocks:insert(table_ and 1 or #blocks + 1, line)
  return blocks
end

-- What jats.lua makes an element of, once all references have their text.
local function jats_float(id, content, caption)
  local blocks = pandoc.Blocks({ pandoc.Plain(caption) })
  blocks:extend(content)
  local label = word(kind_of(id) .. "-title") .. "\u{a0}" .. numbers[id]
  return pandoc.Div(blocks, { class = "float", name = id, label = label, kind = kind_of(id) == "tbl" and "table-wrap" or "fig" })
end

local function float(id, content, caption)
  next_number(id)
  return (typst and typst_float or html and html_float or docx and word_float or jats_float)(id, content, caption)
end

local number = {
  traverse = "topdown",

  Header = function(header)
    if header.classes:includes("unnumbered") then
      return nil
    end
    sections[header.level] = (sections[header.level] or 0) + 1
    for level = header.level + 1, 6 do
      sections[level] = nil
    end
    local parts = {}
    for level = 1, header.level do
      parts[level] = tostring(sections[level] or 0)
    end
    local own = table.concat(parts, ".")
    numbers[header.identifier] = own
    if html then
      header.content:insert(1, pandoc.Span(own, { class = "header-section-number" }))
      header.content:insert(2, pandoc.Space())
    elseif docx then
      header.content:insert(1, pandoc.RawInline("openxml", '<w:r><w:rPr><w:rStyle w:val="SectionNumber"/></w:rPr><w:t>'
        .. own .. "</w:t></w:r><w:r><w:tab/></w:r>"))
    elseif not typst then -- which counts by itself
      header.content:insert(1, pandoc.Str(own))
      header.content:insert(2, pandoc.Space())
    end
    return header
  end,

  Figure = function(figure)
    if kind_of(figure.identifier) == "fig" then
      return float(figure.identifier, figure.content, pandoc.utils.blocks_to_inlines(figure.caption.long)), false
    end
  end,

  -- ::: {#tbl-x} or ::: {#fig-x}: the last paragraph is the caption.
  Div = function(div)
    local kind = kind_of(div.identifier)
    if kind == "tbl" or kind == "fig" then
      local caption = div.content:remove().content
      return float(div.identifier, div.content, caption), false
    end
  end,
}

local refer = {
  Cite = function(cite)
    local links = pandoc.Inlines({})
    for i, citation in ipairs(cite.citations) do
      local kind = kind_of(citation.id)
      if not kind then
        return nil
      end
      local found = numbers[citation.id] or error("@" .. citation.id .. ": there is no such figure, table or section")
      if i > 1 then
        links:extend({ pandoc.Str(","), pandoc.Space() })
      end
      local text = citation.mode == "SuppressAuthor" and found or word(kind .. "-prefix") .. "\u{a0}" .. found
      local field_of = docx and kind ~= "sec" and word_reference(citation.id, text, text == found)
      links:insert(field_of or pandoc.Link(text, "#" .. citation.id, "", { class = "quarto-xref" }))
    end
    return links
  end,
}

function Pandoc(doc)
  words = doc.meta.thongthin.crossref
  doc.blocks = doc.blocks:walk(number):walk(refer)
  return doc
end

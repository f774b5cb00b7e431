-- What makes a Markdown document this journal's article, in every format and for both engines: keywords, ethics, tables
-- that fit their page, and for Typst and Word what their writers leave out (alternative text, languages, the title block).

local typst = FORMAT:match("typst") ~= nil
local html = FORMAT:match("html") ~= nil
local docx = FORMAT == "docx"

local function stringify(value)
  return value and pandoc.utils.stringify(value) or ""
end

-- A Typst string literal.
local function literal(text)
  return '"' .. text:gsub("[\\\"]", "\\%0") .. '"'
end

local EM_SPACE = "\u{2003}"

local function raw(text)
  return pandoc.RawInline("typst", text)
end

local function enclose(open, inlines, close)
  inlines:insert(1, raw(open))
  inlines:insert(raw(close))
  return inlines
end

local columns = dofile("_extensions/thongthin/columns.lua")
if docx then
  columns.for_word()
end

-- Word: a table of more lines may be broken.
local LONG = 20
-- Tables on the screen: smaller type the more columns there are.
local SMALLER = { { columns = 8, name = "smaller" }, { columns = 6, name = "small" } }

-- A row with one cell in bold and nothing else heads the rows below it: that cell runs on to the end of the row.
local function spread_headings(table)
  local function heading(row)
    local found
    for place, cell in ipairs(row.cells) do
      if #cell.contents > 0 then
        local words = #cell.contents == 1 and cell.contents[1].content or {}
        local only = #words == 1 and words[1]
        if found or not only or only.t ~= "Strong" then
          return nil
        end
        found = place
      end
    end
    return found
  end
  local found = {}
  for _, body in ipairs(table.bodies) do
    for _, row in ipairs(body.body) do
      local place = heading(row)
      if place and place < #row.cells then
        row.cells[place].col_span = #row.cells - place + 1
        found[#found + 1] = row.cells[place]
        for last = #row.cells, place + 1, -1 do
          row.cells:remove(last)
        end
      end
    end
  end
  return found
end

-- Typst keeps such a row with the next one if it is a header, for which pandoc has no sign: so the table is written here.
-- Citations and references get their text later; a table with any of these is left to pandoc.
local function keep_headings(table, headings)
  local later = false
  table:walk({
    Cite = function()
      later = true
    end,
  })
  if #headings == 0 or later then
    return table
  end
  local mark = "/*heading*/"
  for _, cell in ipairs(headings) do
    cell.contents[1].content:insert(1, raw(mark))
  end
  local written = pandoc.write(pandoc.Pandoc({ table }), "typst", pandoc.WriterOptions({ wrap_text = "none" }))
  local lines = {}
  for line in written:gmatch("[^\n]*") do
    if line:find(mark, 1, true) then
      local at, to = line:find(mark, 1, true)
      line = "table.header(level: 2, repeat: false, " .. line:sub(1, at - 1) .. line:sub(to + 1) .. "),"
    end
    lines[#lines + 1] = line
  end
  return pandoc.RawBlock("typst", _G.table.concat(lines, "\n"))
end

-- `kept_style` keeps a row with what follows: the head and headings with their rows, the last row with the note.
local function cells_in_style(table, style, kept_style)
  local attributes = {}
  for _, name in ipairs({ style, kept_style }) do
    attributes[name] = pandoc.Attr("", {}, { ["custom-style"] = name })
  end
  local function restyle(row, own)
    row.cells:map(function(cell)
      local paragraphs = cell.contents
      if #paragraphs == 1 and paragraphs[1].t == "Plain" then -- most cells; a walk through each takes long
        paragraphs = { pandoc.Para(paragraphs[1].content) }
      else
        paragraphs = paragraphs:walk({
          Plain = function(plain)
            return pandoc.Para(plain.content)
          end,
        })
      end
      cell.contents = { pandoc.Div(paragraphs, attributes[cell.col_span > 1 and kept_style or own]) }
    end)
  end
  for _, row in ipairs(table.head.rows) do
    restyle(row, kept_style)
  end
  for _, body in ipairs(table.bodies) do
    for place, row in ipairs(body.body) do
      restyle(row, place == #body.body and kept_style or style)
    end
  end
  return table
end

-- Word: the space between a table and its note.
local function table_end(style)
  return pandoc.RawBlock("openxml", '<w:p><w:pPr><w:pStyle w:val="' .. style .. '"/></w:pPr></w:p>')
end

-- A paragraph stays with the quote or the list that follows it.
local ANNOUNCED = { BlockQuote = true, BulletList = true, OrderedList = true }
local LONG_PARAGRAPH = 500 -- letters, five lines: a longer one would leave much of a page empty

local function announces(block, after)
  return block.t == "Para" and after and ANNOUNCED[after.t] and utf8.len(stringify(block)) <= LONG_PARAGRAPH
end

-- Word: what is kept on one page with the next paragraph has a style that says so.
local function keep_with_next(blocks)
  for place, block in ipairs(blocks) do
    local after = blocks[place + 1]
    if block.format == "openxml" and after and after.t == "Div" and after.classes:includes("table-note") then
      blocks[place] = table_end("TableEndNote")
    elseif announces(block, after) then
      blocks[place] = pandoc.Div({ block }, { ["custom-style"] = "announcing" })
    end
  end
  return blocks
end

-- Typst: words stay whole where the column has room for them; in its name, those that are wider are hyphenated. The second
-- line of an indented cell begins below the first. Most cells need none of this, and a walk through each takes long.
local function fit_words(table, size, cells)
  for _, own in ipairs(cells) do
    local cell, share = own.cell, table.colspecs[own.at][2]
    if own.text:find("\xE0", 1, true) then
      cell.contents = cell.contents:walk(columns.whole(share, size))
    end
    local room = (share * columns.WIDTH - columns.SPACE) / columns.SIZES[size]
    if own.head and own.width > room then
      cell.contents = cell.contents:walk({
        Str = function(word)
          if columns.width(word.text:match("%a+") or "") > room then
            return enclose("#text(hyphenate: true)[", pandoc.Inlines({ word }), "]")
          end
        end,
      })
    end
    local words = own.text:sub(1, #EM_SPACE) == EM_SPACE and #cell.contents == 1 and cell.contents[1].content
    if words and words[1].t == "Str" then
      words[1] = pandoc.Str(words[1].text:sub(#EM_SPACE + 1))
      cell.contents[1].content = enclose("#pad(left: 1em)[", words, "]")
    end
  end
end

-- Typst: whether no cell can be taller than half a page, by the number of its letters. Of two lines on end, the first and
-- the first word of the second are wider than the column; so there are at most twice the lines that the letters, each as
-- wide as it is tall, would fill, and one more.
-- (A line takes 1.5 of the size of its type.)

local function is_low(table, size, cells)
  local known = #table.bodies == 1
  local function unknown()
    known = false
  end
  -- What gets its text later, breaks lines, or is more than a line of text.
  local more = {}
  for _, name in ipairs({ "Cite", "Image", "LineBreak", "Math", "Note", "BlockQuote", "BulletList", "CodeBlock",
    "DefinitionList", "Div", "Figure", "HorizontalRule", "LineBlock", "OrderedList", "Para", "RawBlock", "Table" }) do
    more[name] = unknown
  end
  table:walk(more)
  local widths = {}
  for at, spec in ipairs(table.colspecs) do
    widths[at] = spec[2] * columns.WIDTH - columns.SPACE
  end
  for _, own in ipairs(cells) do
    if not known then
      return false
    end
    local letters = utf8.len(own.text) or math.huge
    local lines = 1 + 2 * math.ceil(letters * columns.SIZES[size] / widths[own.at])
    known = lines * 1.5 * columns.SIZES[size] < columns.HALF
  end
  return known
end

local TABLE_END = "] // table"

-- Typst: the note of a table is handed over with it.
local function keep_together(blocks)
  local kept = pandoc.Blocks({})
  for place, block in ipairs(blocks) do
    local before, after = kept[#kept], blocks[place + 1]
    if block.t == "Div" and block.classes:includes("table-note") then
      if before and before.t == "RawBlock" and before.text == TABLE_END then
        before.text = "]["
      else
        kept:insert(pandoc.RawBlock("typst", "#table-note["))
      end
      kept:extend(block.content)
      kept:insert(pandoc.RawBlock("typst", "]"))
    elseif announces(block, after) then
      kept:extend({ pandoc.RawBlock("typst", "#announcing["), block, pandoc.RawBlock("typst", "]") })
    else
      kept:insert(block)
    end
  end
  return kept
end

local function fit_table(table)
  local headings = spread_headings(table)
  if typst then
    local size, _, cells, wide = columns.fit(table)
    local low = (is_low(table, size, cells) and ", low: true" or "") .. (wide and "" or ", wide: false")
    fit_words(table, size, cells)
    local open = pandoc.RawBlock("typst", "#fitted(" .. literal(size) .. low .. ")[")
    return { open, keep_headings(table, headings), pandoc.RawBlock("typst", TABLE_END) }
  end
  local size = "normal"
  for _, step in ipairs(SMALLER) do
    if size == "normal" and #table.colspecs >= step.columns then
      size = step.name
    end
  end
  if html then
    return pandoc.Div({ table }, { class = "table-box " .. size, tabindex = "0" })
  elseif docx then
    -- Rows are kept on one page with the next, unless there are too many lines for that; but headings of rows always are.
    local own, lines = columns.fit(table)
    local long = lines > LONG
    local style = "table-" .. (long and own == "normal" and "small" or own)
    -- Word sets a table and the paragraph after it without a space between them.
    return { cells_in_style(table, long and style .. "-long" or style, style), table_end("TableEnd") }
  end
end

-- Typst: alternative text of images and formulas, languages of spans and blocks.
local function typst_image(image)
  local width = ", width: " .. (image.attributes.width or "100%")
  return raw("#image(" .. literal(image.src) .. width .. ", alt: " .. literal(image.attributes["fig-alt"] or "") .. ")")
end

local function typst_math(math)
  local block = math.mathtype == "DisplayMath" and "block: true, " or ""
  return enclose("#math.equation(" .. block .. "alt: " .. literal(math.text) .. ", ", pandoc.Inlines({ math }), ")")
end

local function typst_element(element)
  local language = element.attributes.lang
  if not language then
    return element
  end
  local open = "#tongue(" .. literal(language:sub(1, 2)) .. ")["
  if element.t == "Span" then
    return enclose(open, element.content, "]")
  end
  element.content:insert(1, pandoc.RawBlock("typst", open))
  element.content:insert(pandoc.RawBlock("typst", "]"))
  return element
end

-- Word: the width of a figure, so low that a heading above and two lines of caption below find room on its page, in fonts
-- that are taller than the one asked for, too. The rest of the text's height, in points:
local BESIDE_FIGURE = 110

local function width_of_figure(image)
  local file = docx and io.open(image.src, "rb")
  if not file then
    return "100%"
  end
  local size = pandoc.image.size(file:read("a"))
  file:close()
  local share = (2 * columns.HALF - BESIDE_FIGURE) * size.width / (columns.WIDTH * size.height)
  return string.format("%d%%", math.floor(100 * math.min(1, share)))
end

-- Other formats: what Quarto calls fig-alt is the alternative text of an image. Figures fill the width of the text.
local function image_alt(image)
  image.caption = pandoc.Inlines(image.attributes["fig-alt"] or "")
  image.attributes["fig-alt"] = nil
  image.attributes.width = image.attributes.width or width_of_figure(image)
  return image
end

local function note_style(div)
  if docx and div.classes:includes("table-note") then
    div.attributes["custom-style"] = "table-note"
    return div
  end
end

-- ::: {#keywords}, ::: {#keywords-translated} and ::: {#ethics} are filled; without the first, the keywords open the
-- article.
local function labelled(own)
  return pandoc.Para(pandoc.Inlines({ pandoc.Strong(own.label), pandoc.Space() }) .. own.text)
end

local function fill(doc)
  local texts = doc.meta.thongthin.filled
  local filled = {}
  doc.blocks = doc.blocks:walk({
    Div = function(div)
      local own = texts[div.identifier]
      if own then
        filled[div.identifier] = true
        div.content = { labelled(own) }
        div.attributes.lang = stringify(own.lang)
        return div
      end
    end,
  })
  if not filled.keywords and texts.keywords then
    doc.blocks:insert(1, pandoc.Div({ labelled(texts.keywords) }, { id = "keywords" }))
  end
end

-- Word: pandoc prints title, subtitle and authors from the metadata; what else belongs there follows them.
local function word_front_matter(doc)
  local front = pandoc.Blocks({})
  local function add(inlines, style)
    front:insert(pandoc.Div({ pandoc.Para(inlines) }, { ["custom-style"] = style }))
  end
  local own = doc.meta.thongthin
  for _, line in ipairs(own.front) do
    add(line, "Affiliation")
  end
  for _, line in ipairs(own.notice or {}) do
    add(line.text, "notice")
  end
  doc.blocks = front .. doc.blocks
end

-- On screen and in the PDF, what is a number, a quote, a table, a figure or a sentence bound to a claim leads to its
-- evidence, a page beside the document.
local function evident(doc)
  local own = doc.meta.thongthin
  local page = (html or typst) and own.evidence and stringify(own.evidence)
  local function link(inlines, place, name)
    return pandoc.Link(inlines, page .. "#/" .. place:gsub("[^%w%-._~/]", function(letters)
      return letters:gsub(".", function(byte)
        return string.format("%%%02X", byte:byte())
      end)
    end), "", pandoc.Attr(name or "", { "evidence" }))
  end
  -- No link stands within another.
  local function leads_elsewhere(inlines)
    local found = false
    local function see()
      found = true
    end
    inlines:walk({ Cite = see, Link = see, Note = see })
    return found
  end
  -- A sentence holds numbers that lead elsewhere. So on screen it ends in a mark that is no text, and leads to its claim;
  -- in the PDF, its last words do that are no link themselves.
  local function claim(span, place)
    local content = span.content
    if not own["evidence-of"] then -- for the public, to whom no conditions are told
      return content
    end
    if html then
      local mark = link({}, place)
      mark.classes, mark.attributes = { "evidence", "claim" }, { ["aria-label"] = stringify(own["evidence-of"]) }
      content:insert(mark)
      return pandoc.Span(content, { id = span.identifier, class = "claim" })
    end
    for at = #content, 1, -1 do
      if content[at].t == "Str" and content[at].text:match("[%w\128-\255]") then
        content[at] = link({ content[at] }, place)
        return content
      end
    end
    return content
  end
  local function without_claims(inlines)
    return inlines:walk({
      Link = function(lead)
        return lead.target:match("#/claim/") and lead.content or nil
      end,
    })
  end
  local function caption(inlines, id)
    inlines = page and without_claims(inlines) or inlines
    if page and #inlines > 0 and not leads_elsewhere(inlines) then
      return pandoc.Inlines({ link(inlines, "exhibit/" .. stringify(own.name) .. "/" .. id) })
    end
    return inlines
  end
  -- The first cell of a table with numbers says which cells have any: "1.2 1.3", rows and columns counted from 1.
  local function said_by(rows)
    for _, row in ipairs(rows) do
      for _, cell in ipairs(row.cells) do
        local words = #cell.contents == 1 and cell.contents[1].content
        local only = words and #words == 1 and words[1]
        if only and only.t == "Span" and only.attributes.cells then
          return only, cell
        end
      end
    end
  end
  local function lead_cells(table)
    local rows = pandoc.List({})
    for _, body in ipairs(table.bodies) do
      rows:extend(body.body)
    end
    local said, first = said_by(rows)
    if not said then
      return nil
    end
    local place = said.attributes.evidence
    first.contents[1].content = said.content
    for row, column in html and page and said.attributes.cells:gmatch("(%d+)%.(%d+)") or function() end do
      local cell = rows[tonumber(row)].cells[tonumber(column)]
      cell.contents = { pandoc.Plain({ link(cell.contents[1].content, place .. "/" .. row .. "/" .. column) }) }
    end
    return table
  end
  -- In one walk, since each takes its time; what stands in lines is seen before the blocks that hold it.
  doc.blocks = doc.blocks:walk({
    Table = lead_cells,
    Div = function(div)
      local last = div.content[#div.content]
      if div.identifier:match("^tbl%-") and last and last.t == "Para" then
        last.content = caption(last.content, div.identifier)
        return div
      end
    end,
    Figure = function(figure)
      local line = figure.caption.long[1]
      if figure.identifier:match("^fig%-") and line then
        line.content = caption(line.content, figure.identifier)
        figure.caption.long[1] = line
        return figure
      end
    end,
    Span = function(span)
      local place = span.attributes.evidence
      if not place or span.attributes.cells then
        return nil
      end
      -- In the PDF, cells of tables stay as they are: the caption leads to the whole table.
      if not page then
        return span.identifier == "" and span.content or pandoc.Span(span.content, { id = span.identifier })
      end
      return place:match("^claim/") and claim(span, place) or link(span.content, place, span.identifier)
    end,
  })
end

-- Typst: an abstract with its heading and keywords, for the journals that set it between rules.
local function abstracts(doc)
  local own = doc.meta.thongthin
  local names = { [stringify(own["abstract-names"].own)] = true, [stringify(own["abstract-names"].other)] = true }
  local blocks, open = pandoc.Blocks({}), false
  local function close()
    if open then
      blocks:insert(pandoc.RawBlock("typst", "]"))
      open = false
    end
  end
  for _, block in ipairs(doc.blocks) do
    if block.t == "Header" then
      close()
      if names[stringify(block.content)] then
        blocks:insert(pandoc.RawBlock("typst", "#abstract-box["))
        open = true
      end
    end
    blocks:insert(block)
    if block.t == "Div" and block.identifier:match("^keywords") then
      close()
    end
  end
  close()
  doc.blocks = blocks
end

-- Word: what is wider than one of two columns stands in a section of its own, between those with columns. Each begins on
-- the page on which the one before it ends; the last is that of the reference document.
local function section_end(sections, name)
  return pandoc.RawBlock("openxml", '<w:p><w:pPr><w:pStyle w:val="SectionEnd"/><w:sectPr>'
    .. '<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
    .. sections[name] .. "</w:sectPr></w:pPr></w:p>")
end

local function is_wide(block)
  local id, wide = block.identifier or "", false
  if id:match("^fig%-") or (block.t == "Para" and #block.content == 1 and block.content[1].t == "Image") then
    return true
  elseif id:match("^tbl%-") then
    block:walk({
      Table = function(table)
        wide = wide or select(4, columns.fit(table))
      end,
    })
  end
  return wide
end

local function in_sections(blocks, first)
  local file = assert(io.open("styles/sections.json", "rb"))
  local sections = pandoc.json.decode(file:read("a"), false)
  file:close()
  local made, open = pandoc.Blocks({}), "one"
  for place, block in ipairs(blocks) do
    local own = (place < first or is_wide(block)) and "one" or "two"
    if own ~= open then
      made:insert(section_end(sections, open))
      open = own
    end
    made:insert(block)
  end
  if open == "one" then -- the document ends in two columns
    made:insert(section_end(sections, open))
  end
  return made
end

function Pandoc(doc)
  local page = doc.meta.thongthin.page
  if page then
    columns.set(page, doc.meta.thongthin["in-order"] == true)
  end
  evident(doc)
  fill(doc)
  if docx then
    local body = #doc.blocks
    word_front_matter(doc)
    if columns.COLUMN then
      doc.blocks = in_sections(doc.blocks, #doc.blocks - body + 1)
    end
  elseif typst and doc.meta.thongthin["abstract-box"] then
    abstracts(doc)
  end
  local changes = { Image = image_alt, Div = note_style }
  if typst then
    changes = { Image = typst_image, Math = typst_math, Span = typst_element, Div = typst_element }
    for key, list in pairs(doc.meta.thongthin.document) do
      local strings = list:map(function(text)
        return literal(stringify(text)) .. ","
      end)
      doc.meta["typst-" .. key] = pandoc.MetaInlines({ raw("(" .. table.concat(strings, " ") .. ")") })
    end
  end
  -- No walk goes into the cells of tables, of which there are thousands, but the one that looks for elements within lines.
  doc.blocks = doc.blocks:walk(changes):walk({
    traverse = "topdown",
    Table = function(table)
      return fit_table(table), false
    end,
  })
  if typst or docx then
    doc.blocks = doc.blocks:walk({
      traverse = "topdown",
      Blocks = typst and keep_together or keep_with_next,
      Table = function(table)
        return table, false
      end,
    })
  end
  return doc
end

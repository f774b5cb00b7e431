-- {{< value key >}} and {{< quote id >}}: numbers and quotes of the study, asked for by name. In the working copy they stand
-- as spans with the attributes `shortcode` and `argument`, so that both engines take them in the same way and moment.
-- Both come as plain text from values.json and quotes.json beside the article, and stay plain text in every format.
-- And figures get the ending of the file that suits the format, and are described by their data.

local function read_json(name)
  local file = assert(io.open(name, "rb"), name .. " is missing beside the article")
  local text = file:read("a")
  file:close()
  return pandoc.json.decode(text, false)
end

local known = {}

local function lookup(kind, args)
  known[kind] = known[kind] or read_json(kind .. "s.json")
  local name = pandoc.utils.stringify(args[1] or "")
  local found = known[kind][name]
  if not found then
    error("{{< " .. kind .. " " .. name .. " >}}: there is no such " .. kind)
  end
  return found
end

-- In Word and on screen, whatever comes from the study has a name (in Word: a bookmark), by which it is found when a document
-- comes back: "v12_site_S01" is the twelfth value. Names of bookmarks have at most 40 letters.
local count = { v = 0, q = 0 }
local NAMED = FORMAT:match("html") ~= nil or FORMAT == "docx"
-- A copy without names has the number alone: keys can hold the initials of coders.
local blind = false

local function name_of(letter, args)
  if not NAMED then
    return ""
  end
  count[letter] = count[letter] + 1
  if blind then
    return letter .. count[letter]
  end
  return (letter .. count[letter] .. "_" .. pandoc.utils.stringify(args[1]):gsub("[^%w]", "_")):sub(1, 40)
end

-- What stands in the place of a request, with where its evidence is told; article.lua makes a link of it, or nothing.
local function with_evidence(inlines, kind, args, name)
  return pandoc.Span(inlines, pandoc.Attr(name or "", {}, { evidence = kind .. "/" .. pandoc.utils.stringify(args[1]) }))
end

-- A line of text; what stands in brackets at its end, as "(translated from Thai)", is not broken.
local function with_whole_bracket(text)
  local before, bracket = text:match("^(.*) (%([^()]*%))$")
  if not bracket or not FORMAT:match("typst") then
    return pandoc.Inlines(text)
  end
  local inlines = pandoc.Inlines(before .. " ")
  inlines:insert(pandoc.RawInline("typst", "#box["))
  inlines:extend(pandoc.Inlines(bracket))
  inlines:insert(pandoc.RawInline("typst", "];"))
  return inlines
end

-- A paragraph with a style of its own in each format; pandoc's Typst writer knows no styles and drops the language.
local function styled(name, inlines, language, id)
  if FORMAT:match("typst") then
    local call = "#" .. name .. (language and ('(lang: "' .. language .. '")') or "") .. "["
    inlines:insert(1, pandoc.RawInline("typst", call))
    inlines:insert(pandoc.RawInline("typst", "]"))
    return pandoc.Para(inlines)
  end
  local style = FORMAT == "docx" and name or nil
  return pandoc.Div({ pandoc.Para(inlines) }, { id = id, class = name, lang = language, ["custom-style"] = style })
end

local handlers = {
  value = function(args)
    local inlines = pandoc.Inlines(lookup("value", args))
    if pandoc.utils.stringify(args[1]):match("^words%.") then -- which may be long, and are no number to be followed
      return inlines
    end
    -- Typst would break a line inside the Thai word ร้อยละ.
    if FORMAT:match("typst") and #inlines > 1 then
      inlines:insert(1, pandoc.RawInline("typst", "#box["))
      inlines:insert(pandoc.RawInline("typst", "];"))
    end
    return pandoc.Inlines({ with_evidence(inlines, "value", args, name_of("v", args)) })
  end,

  -- A block quote, with who said it below.
  quote = function(args)
    local said = lookup("quote", args)
    return pandoc.Blocks({
      pandoc.BlockQuote({
        styled("quotation", pandoc.Inlines("“" .. said.text .. "”"), said.language, name_of("q", args)),
        styled("attribution", pandoc.Inlines({ with_evidence(with_whole_bracket("— " .. said.attribution), "quote", args) })),
      }),
    })
  end,
}

local function run(element)
  local name = element.attributes.shortcode
  return name and handlers[name]({ element.attributes.argument })
end

-- Behind what its author says of a figure stands what the data say of it, for who does not see it. Quarto has given the
-- image its ending already.
local function with_ending(image)
  local stem = image.src:gsub("%.%w+$", "")
  local file = io.open(stem .. ".txt", "rb")
  local said = file and file:read("a"):gsub("%s+$", "") or ""
  if file then
    file:close()
  end
  if said ~= "" then
    image.attributes["fig-alt"] = (image.attributes["fig-alt"] or "") .. " " .. said
  end
  if stem == image.src then
    image.src = stem .. (FORMAT == "docx" and ".png" or ".svg")
  end
  return image
end

-- Each paragraph has a name, made of what it says (present/render/paragraphs.py): an anchor before it, in Word a bookmark around.
local function said(inlines)
  local pieces = {}
  for _, inline in ipairs(inlines) do
    local kind, text = inline.t, ""
    if kind == "Space" or kind == "SoftBreak" or kind == "LineBreak" then
      text = " "
    elseif kind == "Str" or kind == "Code" or kind == "Math" then
      text = inline.text
    elseif kind == "Cite" then
      for _, cited in ipairs(inline.citations) do
        text = text .. "@" .. cited.id
      end
    elseif kind == "Span" and inline.attributes.shortcode then
      text = inline.attributes.argument
    elseif inline.content and kind ~= "Note" then
      text = said(inline.content)
    end
    pieces[#pieces + 1] = text
  end
  return table.concat(pieces)
end

local seen = {}

local function named(block)
  local first = #block.content == 1 and block.content[1]
  if #block.content == 0 or (first and (first.t == "Image" or first.t == "Math" or first.attributes and first.attributes.shortcode == "quote")) then
    return nil
  end
  local name = "p_" .. pandoc.utils.sha1(said(block.content)):sub(1, 8)
  seen[name] = (seen[name] or 0) + 1
  if seen[name] > 1 then
    name = name .. "_" .. seen[name]
  end
  if FORMAT == "docx" then
    block.content = { pandoc.Span(block.content, { id = name }) }
  else
    block.content:insert(1, pandoc.Span({}, { id = name }))
  end
  return block
end

local function left_alone(block)
  return block, false
end

local paragraphs = NAMED
    and { traverse = "topdown", Para = named, Plain = named, Table = left_alone, Figure = left_alone }
  or {}

return {
  {
    Meta = function(meta)
      blind = meta.thongthin ~= nil and meta.thongthin.blind == true
    end,
  },
  paragraphs,
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

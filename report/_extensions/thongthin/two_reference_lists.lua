-- Two lists of references from one set of citations: ::: {#refs} in the article's language, ::: {#refs-translated}
-- in the other one, in the order of the first. Citations read as the first list does.
-- Foreign works, which have no Thai edition, stand in one list only: after the Thai works in the Thai article, printed as
-- the English list prints them. Of Thai works of one author and year, the letters behind the year are Thai.
-- Metadata: thongthin.references.first, .second and .foreign, each with data (CSL-JSON), style (CSL) and lang.

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

-- Ids of the works of a source that are in another language than its list.
local function foreign_ids(source)
  local ids = {}
  local all = pandoc.Cite({}, { pandoc.Citation("*", "NormalCitation") })
  local meta = pandoc.Meta({ bibliography = source.data, nocite = pandoc.Inlines({ all }) })
  for _, work in ipairs(pandoc.utils.references(pandoc.Pandoc({}, meta))) do
    if work.annote and pandoc.utils.stringify(work.annote) == "foreign" then
      ids[work.id] = true
    end
  end
  return ids
end

local LETTERS = { "ก", "ข", "ค", "ง", "จ", "ฉ", "ช", "ซ", "ญ", "ฐ", "ด", "ต", "ถ", "ท", "ธ", "น", "บ", "ป" }

-- The letter that tells works of one author and year apart, behind a year of the Buddhist Era or ม.ป.ป.
local function thai_suffixes(content)
  return content:walk({
    Str = function(word)
      local function thai(year, letter)
        return year .. (LETTERS[letter:byte() - 96] or letter)
      end
      local text = word.text:gsub("%f[%d](2[4-6]%d%d)(%l)%f[^%l]", thai):gsub("(ป%.%-)(%l)%f[^%l]", thai)
      if text ~= word.text then
        return pandoc.Str(text)
      end
    end,
  })
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

-- What is cited is text now; Typst and Quarto would take a Cite for work still to do.
local function as_text(blocks)
  return blocks:walk({
    Cite = function(cite)
      return cite.content
    end,
  })
end

local function finished(list, lang)
  list.attributes.lang = lang
  return list
end

-- The list of these works, in the order of its style.
local function list_of(ids, source)
  local citations = ids:map(function(id)
    return pandoc.Citation(id, "NormalCitation")
  end)
  return list_in(cited(pandoc.Blocks({ pandoc.Para({ pandoc.Cite({}, citations) }) }), source, false)).content
end

function Pandoc(doc)
  local references = doc.meta.thongthin.references
  local first, second = references.first, references.second
  local languages = { first = pandoc.utils.stringify(first.lang), second = pandoc.utils.stringify(second.lang) }
  local is_thai = { first = languages.first:sub(1, 2) == "th", second = languages.second:sub(1, 2) == "th" }
  local foreign = foreign_ids(is_thai.first and first or second)
  local blocks = cited(doc.blocks, first, true)
  if is_thai.first then
    blocks = blocks:walk({
      Cite = function(cite)
        cite.content = thai_suffixes(cite.content)
        return cite
      end,
    })
  end
  doc.blocks = as_text(blocks)

  local list = list_in(doc.blocks)
  local ids = list and entries(list) or pandoc.List({})
  local is_own = function(id)
    return not foreign[id]
  end
  local is_foreign = function(id)
    return foreign[id]
  end
  if list and is_thai.first then
    doc.blocks = doc.blocks:walk({
      Div = function(div)
        if div.identifier ~= "refs" then
          return nil
        end
        div.content = div.content:filter(function(entry)
          return is_own((entry.identifier:gsub("^ref%-", "")))
        end)
        div.content = thai_suffixes(div.content)
        if #ids:filter(is_foreign) > 0 then
          div.content:extend(list_of(ids:filter(is_foreign), references.foreign))
        end
        return div
      end,
    })
  end
  local translated = pandoc.Blocks({})
  ids = ids:filter(is_own)
  if #ids > 0 then
    local other = list_of(ids, second)
    local by_id = {}
    for _, entry in ipairs(is_thai.second and thai_suffixes(other) or other) do
      by_id[entry.identifier:gsub("^ref%-", "")] = entry
    end
    for _, id in ipairs(ids) do
      by_id[id].identifier = "ref-translated-" .. id
      translated:insert(by_id[id])
    end
  end

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

-- HTML: figures that can be enlarged, and formulas that scroll inside themselves. The box of a figure is a popover that a
-- button over the figure opens and closes: a browser does that without a script. Closed, it stands in its place; while it
-- is open, a space as tall holds the place (see article.css).

if not FORMAT:match("html") then
  return {}
end

local function attribute(text)
  return '"' .. text:gsub('[&<>"]', { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }) .. '"'
end

local function enclosed(open, element, close)
  return { pandoc.RawInline("html", open), element, pandoc.RawInline("html", close) }
end

-- Width by height, as the head of an SVG has it.
local function ratio(path)
  local file = io.open(path:match("%.%w+$") and path or path .. ".svg", "rb")
  local head = file and file:read(2000) or ""
  if file then
    file:close()
  end
  local width, height = head:match('viewBox="[%d.]+ [%d.]+ ([%d.]+) ([%d.]+)"')
  return width and (width .. " / " .. height) or "auto"
end

function Pandoc(doc)
  local words = pandoc.utils.stringify(doc.meta.thongthin.enlarge)
  local count = 0
  return doc:walk({
    Image = function(image)
      count = count + 1
      local id = "figure-" .. count
      return enclosed(
        '<span class="figure-place" style="--ratio: ' .. ratio(image.src) .. '"><span class="figure-box" id="' .. id
          .. '" popover><span class="figure-whole">',
        image,
        '<button class="enlarge" type="button" popovertarget="' .. id .. '" aria-label='
          .. attribute(words .. " " .. count) .. "></button></span></span></span>"
      )
    end,
    Math = function(math)
      if math.mathtype == "DisplayMath" then
        return enclosed('<span class="formula" tabindex="0">', math, "</span>")
      end
    end,
  })
end

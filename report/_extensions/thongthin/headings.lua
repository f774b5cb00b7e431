-- Typst keeps a row that heads others with the next one if it is a header, for which pandoc has no sign: tables with such
-- rows are written here. The rows begin with a mark (workflow/thongthin/present/setting/tables.py).

if not FORMAT:match("typst") then
  return {}
end

local CLASS = "with-headings"
local MARK = "/*heading*/"

function Table(table)
  if not table.classes:includes(CLASS) then
    return nil
  end
  table.classes = table.classes:filter(function(class)
    return class ~= CLASS
  end)
  local written = pandoc.write(pandoc.Pandoc({ table }), "typst", pandoc.WriterOptions({ wrap_text = "none" }))
  local lines = {}
  for line in written:gmatch("[^\n]*") do
    local at, to = line:find(MARK, 1, true)
    if at then
      line = "table.header(level: 2, repeat: false, " .. line:sub(1, at - 1) .. line:sub(to + 1) .. "),"
    end
    lines[#lines + 1] = line
  end
  return pandoc.RawBlock("typst", _G.table.concat(lines, "\n"))
end

#include "liantu/tables/workbooks/xlsx.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/text/utf8.hpp"
#include "tables/cells/number_format.hpp"
#include "tables/workbooks/workbook.hpp"
#include "tables/workbooks/xml_reader.hpp"

namespace liantu {
namespace {

std::optional<std::uint32_t> whole_number(std::string_view text) {
  std::uint32_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

bool is_true(std::string_view text) { return text == "1" || text == "true" || text == "on"; }

struct CellPlace {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
};

// Of `C17`; nothing of anything else.
std::optional<CellPlace> read_place(std::string_view text) {
  constexpr std::uint32_t kTooMany = 1'000'000;
  CellPlace place;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; ++at) {
    place.column =
        std::min(kTooMany, place.column * 26 + static_cast<std::uint32_t>(text[at] - 'A') + 1);
  }
  const auto row = whole_number(text.substr(at));
  if (!row || *row == 0 || place.column == 0) return std::nullopt;
  place.row = *row;
  return place;
}

// `_x000D_` stands for a character that XML cannot hold, `_x005F_` for the underscore before such.
void append_unescaped(std::string& out, std::string_view text) {
  for (;;) {
    const std::size_t at = text.find("_x");
    if (at == std::string_view::npos || text.size() - at < 7) break;
    std::uint32_t code = 0;
    const char* from = text.data() + at + 2;
    const auto [stop, error] = std::from_chars(from, from + 4, code, 16);
    const bool escape = error == std::errc() && stop == from + 4 && text[at + 6] == '_' &&
                        (code == '\t' || code == '\n' || code == '\r' ||
                         (code >= ' ' && (code < 0xD800 || code > 0xDFFF) && code != 0x7F));
    out += text.substr(0, escape ? at : at + 2);
    if (escape) out += to_utf8(std::u32string(1, static_cast<char32_t>(code)));
    text.remove_prefix(escape ? at + 7 : at + 2);
  }
  out += text;
}

// `xl/workbook.xml` and `worksheets/sheet1.xml` make `xl/worksheets/sheet1.xml`.
std::string resolve(std::string_view from, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string path(from.substr(0, from.rfind('/') + 1));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    if (!path.empty()) path.pop_back();
    path.resize(path.rfind('/') + 1);
  }
  while (target.starts_with("./")) target.remove_prefix(2);
  return path.append(target);
}

std::string relations_of(std::string_view part) {
  const std::size_t cut = part.rfind('/') + 1;
  return fmt::format("{}_rels/{}.rels", part.substr(0, cut), part.substr(cut));
}

struct Relation {
  std::string type;  // the last word of its address: `worksheet`
  std::string target;
};

class RelationHandler : public XmlHandler {
 public:
  void start(std::string_view name, XmlAttributes attributes) override {
    if (name != "Relationship" || attribute(attributes, "TargetMode") == "External") return;
    const std::string_view type = attribute(attributes, "Type");
    relations.emplace(attribute(attributes, "Id"),
                      Relation{std::string(type.substr(type.rfind('/') + 1)),
                               std::string(attribute(attributes, "Target"))});
  }
  void end(std::string_view /*name*/) override {}
  void text(std::string_view /*words*/) override {}

  std::map<std::string, Relation, std::less<>> relations;
};

class BookHandler : public XmlHandler {
 public:
  struct Sheet {
    std::string name;
    std::string relation;
    bool hidden = false;
  };

  void start(std::string_view name, XmlAttributes attributes) override {
    if (name == "workbookPr" && is_true(attribute(attributes, "date1904"))) {
      dates = DateSystem::From1904;
    }
    if (name != "sheet") return;
    const std::string_view state = attribute(attributes, "state");
    std::string_view relation;
    for (XmlAttributes at = attributes; *at != nullptr; at += 2) {
      // r:id; the sheet's own is called sheetId.
      if (local_name(*at) == "id" && std::string_view(*at) != "id") relation = at[1];
    }
    sheets.push_back({std::string(attribute(attributes, "name")), std::string(relation),
                      state == "hidden" || state == "veryHidden"});
  }
  void end(std::string_view /*name*/) override {}
  void text(std::string_view /*words*/) override {}

  std::vector<Sheet> sheets;
  DateSystem dates = DateSystem::From1900;
};

class StyleHandler : public XmlHandler {
 public:
  void start(std::string_view name, XmlAttributes attributes) override {
    if (name == "numFmt") {
      if (const auto id = whole_number(attribute(attributes, "numFmtId"))) {
        formats_[*id] = read_number_format(attribute(attributes, "formatCode"));
      }
    } else if (name == "cellXfs") {
      in_cells_ = true;
    } else if (name == "xf" && in_cells_) {
      const std::uint32_t id = whole_number(attribute(attributes, "numFmtId")).value_or(0);
      const auto own = formats_.find(id);
      cells.push_back(own == formats_.end() ? built_in_number_format(id) : own->second);
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cells_ = false;
  }
  void text(std::string_view /*words*/) override {}

  std::vector<NumberFormat> cells;

 private:
  std::map<std::uint32_t, NumberFormat> formats_;
  bool in_cells_ = false;
};

class StringHandler : public XmlHandler {
 public:
  explicit StringHandler(Workbook& book) : book_(book) {}

  void start(std::string_view name, XmlAttributes /*attributes*/) override {
    if (name == "si") words_.clear();
    if (name == "rPh") phonetic_ = true;
    if (name == "t" && !phonetic_) taking_ = true;
  }
  void end(std::string_view name) override {
    if (name == "rPh") phonetic_ = false;
    if (name == "t") taking_ = false;
    if (name != "si") return;
    const std::size_t begin = book_.text().size();
    append_unescaped(book_.text(), words_);
    strings.push_back(book_.span_from(begin));
  }
  void text(std::string_view words) override {
    if (!taking_) return;
    words_ += words;
    book_.check_length(words_.size());
  }

  std::vector<Workbook::Span> strings;

 private:
  Workbook& book_;
  std::string words_;
  bool taking_ = false;
  bool phonetic_ = false;
};

class SheetHandler : public XmlHandler {
 public:
  SheetHandler(Workbook& book, const std::vector<Workbook::Span>& strings,
               const std::vector<NumberFormat>& formats, DateSystem dates)
      : book_(book), strings_(strings), formats_(formats), dates_(dates) {}

  void start(std::string_view name, XmlAttributes attributes) override {
    if (!in_data_) {
      if (name == "sheetData") in_data_ = true;
      if (name == "mergeCell") merge(attribute(attributes, "ref"));
      return;
    }
    if (name == "c") {
      start_cell(attributes);
    } else if (name == "v") {
      taking_ = in_cell_;
    } else if (name == "row") {
      row_ = whole_number(attribute(attributes, "r")).value_or(row_ + 1);
      column_ = 0;
      in_row_ = true;
      book_.begin_row(row_, is_true(attribute(attributes, "hidden")));
    } else if (name == "f") {
      formula_ = true;
    } else if (name == "t") {
      taking_ = in_cell_ && !phonetic_;
    } else if (name == "rPh") {
      phonetic_ = true;
    }
  }

  void end(std::string_view name) override {
    if (!in_data_) return;
    if (name == "v" || name == "t") {
      taking_ = false;
    } else if (name == "c") {
      if (std::exchange(in_cell_, false)) end_cell();
    } else if (name == "row") {
      if (std::exchange(in_row_, false)) book_.end_row();
    } else if (name == "rPh") {
      phonetic_ = false;
    } else if (name == "sheetData") {
      in_data_ = false;
    }
  }

  void text(std::string_view words) override {
    if (!taking_) return;
    words_ += words;
    book_.check_length(words_.size());
  }

 private:
  enum class Type : std::uint8_t { Number, Shared, Text, Boolean, Error, Date };

  void start_cell(XmlAttributes attributes) {
    if (!in_row_) return;
    in_cell_ = true;
    words_.clear();
    formula_ = false;
    type_ = Type::Number;
    style_ = 0;
    ++column_;
    for (XmlAttributes at = attributes; *at != nullptr; at += 2) {
      const std::string_view name = *at;
      const std::string_view value = at[1];
      if (name == "r") {
        if (const auto place = read_place(value)) column_ = place->column;
      } else if (name == "s") {
        style_ = whole_number(value).value_or(0);
      } else if (name == "t") {
        type_ = value == "s"                             ? Type::Shared
                : value == "str" || value == "inlineStr" ? Type::Text
                : value == "b"                           ? Type::Boolean
                : value == "e"                           ? Type::Error
                : value == "d"                           ? Type::Date
                                                         : Type::Number;
      }
    }
  }

  void end_cell() {
    if (words_.empty()) {
      if (formula_) book_.add_formula_without_value(column_);
      return;
    }
    std::string& text = book_.text();
    const std::size_t begin = text.size();
    switch (type_) {
      case Type::Shared: {
        const auto index = whole_number(words_);
        if (index && *index < strings_.size()) {
          book_.add_cell(column_, strings_[*index]);
        } else {
          book_.add_faulty_cell(column_, words_);
        }
        return;
      }
      case Type::Error:
        book_.add_faulty_cell(column_, words_);
        return;
      case Type::Text:
        append_unescaped(text, words_);
        break;
      case Type::Boolean:
        text += is_true(words_) ? "TRUE" : "FALSE";
        break;
      case Type::Date: {
        std::string_view date = words_;
        if (const std::size_t midnight = date.find("T00:00:00");
            midnight != std::string_view::npos) {
          date = date.substr(0, midnight);
        }
        text += date;
        break;
      }
      case Type::Number:
        append_number(text, words_, style_ < formats_.size() ? formats_[style_] : NumberFormat{},
                      dates_);
        break;
    }
    book_.add_cell(column_, book_.span_from(begin));
  }

  void merge(std::string_view range) {
    const std::size_t colon = range.find(':');
    if (colon == std::string_view::npos) return;
    const auto from = read_place(range.substr(0, colon));
    const auto to = read_place(range.substr(colon + 1));
    if (from && to) book_.add_merge({from->row, from->column, to->row, to->column});
  }

  Workbook& book_;
  const std::vector<Workbook::Span>& strings_;
  const std::vector<NumberFormat>& formats_;
  DateSystem dates_;
  bool in_data_ = false;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool taking_ = false;
  bool phonetic_ = false;
  bool formula_ = false;
  Type type_ = Type::Number;
  std::uint32_t style_ = 0;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::string words_;
};

class XlsxReader {
 public:
  XlsxReader(std::string_view bytes, const std::string& file, const TableOptions& options)
      : file_(file), archive_(bytes, file, options), book_(file, options, bytes.size()) {}

  std::vector<Table> read() {
    const std::string part = book_part();
    BookHandler book;
    read_part(part, book);
    RelationHandler relations;
    read_part(relations_of(part), relations);
    StyleHandler styles;
    StringHandler strings(book_);
    for (const auto& [id, relation] : relations.relations) {
      if (relation.type == "styles") read_optional(resolve(part, relation.target), styles);
      if (relation.type == "sharedStrings") read_optional(resolve(part, relation.target), strings);
    }
    for (const BookHandler::Sheet& sheet : book.sheets) {
      const auto relation = relations.relations.find(sheet.relation);
      // Sheets of charts and macros hold no table.
      if (relation == relations.relations.end() || relation->second.type != "worksheet") continue;
      if (!book_.wants(sheet.name, sheet.hidden)) continue;
      book_.begin_sheet(sheet.name);
      SheetHandler handler(book_, strings.strings, styles.cells, book.dates);
      read_part(resolve(part, relation->second.target), handler);
      book_.end_sheet();
    }
    return book_.finish();
  }

 private:
  std::string book_part() {
    RelationHandler relations;
    std::string part = "xl/workbook.xml";
    if (archive_.find("_rels/.rels")) {
      read_part("_rels/.rels", relations);
      for (const auto& [id, relation] : relations.relations) {
        if (relation.type == "officeDocument") part = resolve("", relation.target);
      }
    }
    if (part.ends_with(".bin")) {
      refuse({"is a binary workbook (.xlsb)", "是二进制工作簿（.xlsb）"},
             {"save it as .xlsx in the spreadsheet program", "请在表格软件中另存为 .xlsx"});
    }
    if (!archive_.find(part)) {
      refuse({"is an archive but not a workbook", "是压缩包而不是工作簿"},
             {"give the workbook itself, or save it as .xlsx in the spreadsheet program",
              "请直接给出工作簿，或在表格软件中另存为 .xlsx"});
    }
    return part;
  }

  void read_part(const std::string& name, XmlHandler& handler) {
    const auto entry = archive_.find(name);
    if (!entry) {
      refuse({fmt::format("lacks its part {}", name), fmt::format("缺少部件 {}", name)},
             {"open the workbook in the spreadsheet program and save it again",
              "请用表格软件打开后重新保存"});
    }
    read_xml(archive_, *entry, file_, name, handler);
  }

  void read_optional(const std::string& name, XmlHandler& handler) {
    if (archive_.find(name)) read_part(name, handler);
  }

  [[noreturn]] void refuse(Text wrong, Text remedy) const {
    throw Error(ErrorCode::InvalidData, {.file = file_}, std::move(wrong), std::move(remedy));
  }

  const std::string& file_;
  ZipArchive archive_;
  Workbook book_;
};

}  // namespace

std::vector<Table> parse_xlsx(std::string_view bytes, const std::string& file,
                              const TableOptions& options) {
  check_limits(file, options.limits, bytes.size());
  return XlsxReader(bytes, file, options).read();
}

}  // namespace liantu

#include "liantu/ingest/cells/mapping.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/files/json_document.hpp"
#include "base/files/json_file.hpp"
#include "base/text/excerpt.hpp"
#include "liantu/base/files/json.hpp"

namespace liantu {
namespace {

class MappingReader : JsonFile {
 public:
  using JsonFile::JsonFile;

  Mapping read(std::string_view text) const {
    const JsonValue root = parse_json(text, name());
    only(root, {"tables", "ignore", "about"});
    Mapping mapping;
    const JsonValue* tables = root.find("tables");
    if (tables == nullptr || tables->as_array() == nullptr || tables->as_array()->empty()) {
      fail(tables == nullptr ? root : *tables, "the mapping names no table", "映射没有列出任何表",
           "give \"tables\" a list with one entry for each file",
           "在 \"tables\" 里为每个文件写一项");
    }
    for (const JsonValue& entry : *tables->as_array()) mapping.tables.push_back(table(entry));
    if (const JsonValue* ignore = root.find("ignore")) {
      for (const JsonValue& file : array(*ignore)) mapping.ignore.push_back(string(file));
    }
    return mapping;
  }

 private:
  MappedColumn column(const std::string& heading, const JsonValue& value,
                      const TableMeaning& meaning) const {
    MappedColumn mapped{.column = heading};
    if (value.as_string() != nullptr) {
      mapped.field = string(value);
    } else {
      only(value, {"field", "until", "multiplier"});
      if (const JsonValue* field = value.find("field")) mapped.field = string(*field);
      if (const JsonValue* until = value.find("until")) mapped.until = string(*until);
      if (const JsonValue* multiplier = value.find("multiplier")) {
        if (multiplier->as_number() == nullptr || !(*multiplier->as_number() > 0)) {
          fail(*multiplier, "a multiplier must be a number above 0", "倍数必须是大于 0 的数",
               "write 10000 for a column in 万元", "以万元为单位的列请写 10000");
        }
        mapped.multiplier = *multiplier->as_number();
      }
    }
    check_field(value, meaning, mapped.field);
    return mapped;
  }

  void check_field(const JsonValue& at, const TableMeaning& meaning, std::string_view field) const {
    std::string known;
    for (const Field& candidate : fields(meaning)) {
      if (candidate.key == field) return;
      known += fmt::format(" {}", candidate.key);
    }
    fail(at, fmt::format("\"{}\" is not a field of {}", excerpt(field), meaning_word(meaning)),
         fmt::format("“{}”不是 {} 的字段", excerpt(field), meaning_word(meaning)),
         "known fields:" + known, "可用字段：" + known.substr(1));
  }

  TableMapping table(const JsonValue& entry) const {
    only(entry, {"file", "as", "columns", "where", "set", "trust", "create", "citation", "about"});
    TableMapping mapping;
    mapping.place = place(entry);
    const JsonValue* file = entry.find("file");
    if (file == nullptr || string(*file).empty()) {
      fail(entry, "this table names no file", "该表没有写明文件", "add \"file\": \"name.csv\"",
           "请加上 \"file\": \"文件名.csv\"");
    }
    mapping.file = string(*file);
    const JsonValue* as = entry.find("as");
    const auto meaning = as == nullptr ? std::nullopt : parse_meaning(string(*as));
    if (!meaning) {
      std::string words;
      for (const TableMeaning& known : table_meanings()) {
        words += fmt::format(" {}", meaning_word(known));
      }
      fail(as == nullptr ? entry : *as, "\"as\" is missing or is not a known kind of row",
           "没有写明该表各行的含义，或写法无法识别", "set \"as\" to one of:" + words,
           "\"as\" 请取其一：" + words.substr(1));
    }
    mapping.meaning = *meaning;
    read_columns(entry, mapping);
    if (const JsonValue* where = entry.find("where")) {
      for (const auto& [name, value] : object(*where)) {
        mapping.where.emplace_back(name, string(value));
      }
    }
    if (const JsonValue* trust = entry.find("trust")) {
      if (string(*trust) != "stated" && string(*trust) != "support") {
        fail(*trust, "trust is neither \"stated\" nor \"support\"",
             "trust 既不是 \"stated\" 也不是 \"support\"", "use one of the two", "请取其一");
      }
      mapping.trust = string(*trust) == "support" ? TrustRule::Support : TrustRule::Stated;
    }
    if (const JsonValue* create = entry.find("create")) {
      if (create->as_bool() == nullptr) {
        fail(*create, "create is neither true nor false", "create 既不是 true 也不是 false",
             "use one of the two", "请取其一");
      }
      mapping.create = *create->as_bool();
    }
    if (const JsonValue* citation = entry.find("citation")) mapping.citation = string(*citation);
    return mapping;
  }

  void read_columns(const JsonValue& entry, TableMapping& mapping) const {
    const JsonValue* columns = entry.find("columns");
    if (columns == nullptr || object(*columns).empty()) {
      fail(columns == nullptr ? entry : *columns, "this table maps no column", "该表没有映射任何列",
           "add \"columns\": {\"heading\": \"field\"}", "请加上 \"columns\": {\"列名\": \"字段\"}");
    }
    for (const auto& [heading, value] : object(*columns)) {
      if (value.as_array() != nullptr) {
        for (const JsonValue& one : *value.as_array()) {
          mapping.columns.push_back(column(heading, one, mapping.meaning));
        }
      } else {
        mapping.columns.push_back(column(heading, value, mapping.meaning));
      }
    }
    if (const JsonValue* set = entry.find("set")) {
      for (const auto& [field, value] : object(*set)) {
        check_field(value, mapping.meaning, field);
        mapping.set.emplace_back(field, string(value));
      }
    }
    for (const Field& field : fields(mapping.meaning)) {
      const auto feeds = [&](const MappedColumn& one) { return one.field == field.key; };
      const auto count = std::ranges::count_if(mapping.columns, feeds);
      if (count > 1) {
        fail(*columns, fmt::format("two columns feed the field {}", field.key),
             fmt::format("有两列映射到同一字段 {}", field.key), "keep one of them", "请只保留一列");
      }
      const bool set = std::ranges::any_of(
          mapping.set, [&](const auto& member) { return member.first == field.key; });
      if (field.required && count == 0 && !set) {
        fail(*columns, fmt::format("no column feeds the required field {}", field.key),
             fmt::format("没有列映射到必填字段 {}", field.key),
             fmt::format("map the column that holds: {}", field.meaning.en),
             fmt::format("请映射含有“{}”的列", field.meaning.zh));
      }
    }
  }
};

}  // namespace

Mapping parse_mapping(std::string_view text, const std::string& file) {
  return MappingReader(file).read(text);
}

std::string mapping_json(const Mapping& mapping) {
  JsonDocument out;
  const auto pairs = [&](std::string_view key,
                         const std::vector<std::pair<std::string, std::string>>& list) {
    if (list.empty()) return;
    out.key(key);
    out.open_object();
    for (const auto& [name, value] : list) out.member(name, value);
    out.close_object();
  };
  const auto column = [&](const MappedColumn& one) {
    if (one.until.empty() && one.multiplier == 1) {
      out.text(one.field);
      return;
    }
    out.open_object();
    out.member("field", one.field);
    if (!one.until.empty()) out.member("until", one.until);
    if (one.multiplier != 1) out.member_exact("multiplier", one.multiplier);
    out.close_object();
  };
  out.open_object();
  out.key("tables");
  out.open_array();
  for (const TableMapping& table : mapping.tables) {
    out.open_object();
    out.member("file", table.file);
    out.member("as", meaning_word(table.meaning));
    out.key("columns");
    out.open_object();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const std::string& heading = table.columns[i].column;
      const auto is_same = [&](const MappedColumn& one) { return one.column == heading; };
      const auto first = table.columns.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::find_if(table.columns.begin(), first, is_same) != first) continue;
      out.key(heading);
      if (std::ranges::count_if(table.columns, is_same) == 1) {
        column(table.columns[i]);
        continue;
      }
      out.open_array();
      for (const MappedColumn& one : table.columns) {
        if (is_same(one)) column(one);
      }
      out.close_array();
    }
    out.close_object();
    pairs("where", table.where);
    pairs("set", table.set);
    if (table.trust == TrustRule::Support) out.member("trust", "support");
    if (table.create) {
      out.key("create");
      out.boolean(true);
    }
    if (!table.citation.empty()) out.member("citation", table.citation);
    out.close_object();
  }
  out.close_array();
  if (!mapping.ignore.empty()) {
    out.key("ignore");
    out.open_array();
    for (const std::string& file : mapping.ignore) out.text(file);
    out.close_array();
  }
  out.close_object();
  return out.finish();
}

std::string undated_name(const std::string& name) {
  std::string pattern;
  const auto star = [&] {
    if (!pattern.ends_with('*')) pattern += '*';
  };
  constexpr std::string_view kQuarters[] = {"一季度", "二季度", "三季度", "四季度",
                                            "上半年", "下半年", "全年"};
  for (std::size_t at = 0; at < name.size();) {
    if (name[at] >= '0' && name[at] <= '9') {
      star();
      ++at;
      continue;
    }
    const std::string_view rest = std::string_view(name).substr(at);
    const auto* const period = std::ranges::find_if(
        kQuarters, [&](std::string_view word) { return rest.starts_with(word); });
    if (period != std::end(kQuarters)) {
      star();
      at += period->size();
      continue;
    }
    pattern += name[at++];
  }
  // `*.xlsx` would be every workbook of the folder.
  const std::size_t slash = pattern.rfind('/');
  std::string stem = slash == std::string::npos ? pattern : pattern.substr(slash + 1);
  stem = stem.substr(0, stem.rfind('.'));
  std::erase(stem, '*');
  constexpr std::size_t kLeast = 2;
  return stem.size() < kLeast ? name : pattern;
}

bool fits_pattern(std::string_view pattern, std::string_view name) {
  // Where the last `*` stands, and up to where the name was taken for it.
  std::size_t star = std::string_view::npos;
  std::size_t taken = 0;
  std::size_t p = 0;
  std::size_t n = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos && name[taken] != '/') {
      p = star + 1;
      n = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace liantu

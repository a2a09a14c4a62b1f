#include "liantu/ingest/written_list.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/files/json_file.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/base/files/digest.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/tables/read_table.hpp"

namespace liantu {
namespace {

constexpr std::string_view kSchema = "liantu.prospects/1";

struct Heading {
  std::string_view en;
  std::string_view zh;
  std::string_view key;
};

// The columns of a list that say something about a change; those that begin with `points_` are parts.
constexpr Heading kHeadings[] = {
    {"rank", "名次", "rank"},
    {"status", "类别", "status"},
    {"firm", "企业", "name"},
    {"unified social credit code", "统一社会信用代码", "code"},
    {"score, 0–100", "得分（0–100）", "score"},
    {"gap severity, points", "缺口严重度（分）", "points_gap_severity"},
    {"purchases brought home, points", "可回流采购额（分）", "points_purchases"},
    {"anchors served, points", "服务龙头（分）", "points_anchors"},
    {"gaps filled, points", "补链数量（分）", "points_breadth"},
    {"relations to local firms, points", "与本地企业关联（分）", "points_proximity"},
    {"fit of its main business, points", "主营契合度（分）", "points_fit"},
    {"scale, points", "规模（分）", "points_scale"},
    {"quality tags, points", "资质标签（分）", "points_quality"},
    {"distance and transport, points", "距离与运输（分）", "points_distance"},
    {"gaps it would fill", "可补环节", "gaps"},
    {"brings home at most, CNY/year", "至多带回采购额（元/年）", "purchases"},
    {"brings home at most, 10,000 CNY/year", "至多带回采购额（万元/年）", "purchases_wan"},
    {"evidence [basis] source", "证据［依据］来源", "evidence"},
    {"reasons", "推荐理由", "reasons"},
    {"not known", "尚缺信息", "unknown"},
    {"who opens the door", "引荐人", "introducer"}};

constexpr std::array<std::array<std::string_view, 3>, 4> kStatuses = {
    {{"prospect", "prospect", "招商对象"},
     {"unlocated", "to be located", "注册地待核"},
     {"expansion", "expansion", "增资扩产"},
     {"screened", "screened out", "已筛除"}}};

std::optional<std::string_view> meaning(std::string_view heading) {
  const std::string words = normalize_width(trim(heading));
  for (const Heading& one : kHeadings) {
    if (words == normalize_width(one.en) || words == normalize_width(one.zh)) return one.key;
  }
  return std::nullopt;
}

std::string status_of(std::string_view words) {
  for (const auto& one : kStatuses) {
    for (const std::string_view word : one) {
      if (!words.empty() && words.starts_with(word)) return std::string(one[0]);
    }
  }
  return "prospect";
}

// `甲（缺链）、乙（弱链）` or `甲 (missing), 乙 (weak)`.
std::vector<std::string> parts_of(std::string_view text,
                                  std::initializer_list<std::string_view> between) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    std::size_t at = text.size();
    std::size_t skip = 0;
    for (const std::string_view mark : between) {
      const std::size_t found = text.find(mark);
      if (found < at) {
        at = found;
        skip = mark.size();
      }
    }
    const std::string_view part = trim(text.substr(0, at));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(text.size(), at + skip));
  }
  return parts;
}

std::string without_kind(std::string segment) {
  for (const std::string_view mark : {"（", " ("}) {
    const std::size_t at = segment.rfind(mark);
    if (at != std::string::npos && at > 0) return segment.substr(0, at);
  }
  return segment;
}

// `供货: 甲 → 乙 [明示] 供货.csv!39`.
WrittenEvidence evidence_of(const std::string& text) {
  WrittenEvidence one;
  const std::size_t open = text.rfind(" [");
  const std::size_t close = open == std::string::npos ? open : text.find(']', open);
  if (close == std::string::npos) {
    one.what = text;
    return one;
  }
  one.what = text.substr(0, open);
  one.said = text.substr(open + 2, close - open - 2);
  one.source = std::string(trim(std::string_view(text).substr(close + 1)));
  return one;
}

// A code as a spreadsheet keeps it: `="500104"`.
std::string without_formula(std::string_view text) {
  if (text.starts_with("=\"") && text.ends_with('"') && text.size() >= 3) {
    text = text.substr(2, text.size() - 3);
  }
  return std::string(text);
}

constexpr double kMostPoints = 100;
constexpr double kMostYuan = 1e300;
constexpr double kMostRank = 4e9;

[[noreturn]] void refuse_number(const InputPlace& place, std::string_view heading,
                                std::string_view text) {
  throw Error(
      ErrorCode::InvalidData,
      {fmt::format("{}: {} \"{}\" is not a number; give the list as `liantu rank -o` wrote it, "
                   "or mend the cell",
                   place.to_string(), heading, text),
       fmt::format("{}：{}“{}”不是数字；请给出 liantu rank -o 写出的清单，或改正该单元格",
                   place.to_string(), heading, text)});
}

Text range_text(double most) {
  return {fmt::format("is not from 0 to {}", most), fmt::format("不在 0 到 {} 之间", most)};
}

double number_at(const Table& table, std::size_t row, std::size_t column, std::string_view text,
                 double most) {
  const InputPlace place = table.place(row, column);
  const std::string& heading = table.columns()[column];
  const auto number = parse_number(text);
  if (!number) refuse_number(place, heading, text);
  if (*number >= 0 && *number <= most) return *number;
  const Text range = range_text(most);
  throw Error(
      ErrorCode::InvalidData,
      {fmt::format("{}: {} \"{}\" {}; mend the cell", place.to_string(), heading, text, range.en),
       fmt::format("{}：{}“{}”{}；请改正该单元格", place.to_string(), heading, text, range.zh)});
}

// The rank of `3 (1–7)` is 3.
std::uint32_t rank_at(const Table& table, std::size_t row, std::size_t column,
                      std::string_view text) {
  const std::string_view first = text.substr(0, text.find_first_of(" (（"));
  const auto number = parse_number(first);
  if (!number || *number < 0 || *number > kMostRank || *number != std::floor(*number)) {
    refuse_number(table.place(row, column), table.columns()[column], text);
  }
  return static_cast<std::uint32_t>(*number);
}

struct FoundTable {
  const Table* table = nullptr;
  std::vector<std::optional<std::string_view>> keys;
  std::size_t known = 0;
};

FoundTable match_headings(const Table& table) {
  FoundTable found{&table, {}, 0};
  bool firms = false;
  bool ranked = false;
  for (const std::string& heading : table.columns()) {
    found.keys.push_back(meaning(heading));
    if (!found.keys.back()) continue;
    ++found.known;
    firms = firms || *found.keys.back() == "name" || *found.keys.back() == "code";
    ranked = ranked || *found.keys.back() == "rank";
  }
  if (!firms || !ranked) found.known = 0;
  return found;
}

void read_cell(WrittenRow& row, std::string_view key, const std::string& text, const Table& table,
               std::size_t r, std::size_t c) {
  constexpr std::string_view kPoints = "points_";
  if (key == "name") {
    row.name = text;
  } else if (key == "code") {
    row.code = without_formula(text);
  } else if (key == "rank") {
    row.rank = rank_at(table, r, c, text);
  } else if (key == "status") {
    row.status = status_of(text);
  } else if (key == "score") {
    row.score = number_at(table, r, c, text, kMostPoints);
  } else if (key.starts_with(kPoints)) {
    row.parts[std::string(key.substr(kPoints.size()))] = number_at(table, r, c, text, kMostPoints);
  } else if (key == "gaps") {
    for (std::string& part : parts_of(text, {"、", ", "})) {
      row.gaps.push_back(without_kind(std::move(part)));
    }
  } else if (key == "purchases") {
    row.purchases = number_at(table, r, c, text, kMostYuan);
  } else if (key == "purchases_wan") {
    if (!row.purchases) row.purchases = number_at(table, r, c, text, kMostYuan / 1e4) * 1e4;
  } else if (key == "evidence") {
    for (const std::string& part : parts_of(text, {"；", "; "})) {
      row.evidence.push_back(evidence_of(part));
    }
  } else if (key == "reasons") {
    row.screened_by = text;
  } else if (key == "unknown") {
    row.unknown = parts_of(text, {"、", ", "});
  } else if (key == "introducer") {
    row.introducer = text;
  }
}

std::vector<WrittenRow> read_rows(const FoundTable& found) {
  std::vector<WrittenRow> rows;
  const Table& table = *found.table;
  for (std::size_t r = 0; r < table.size(); ++r) {
    WrittenRow row;
    row.place = table.place(r);
    // Notes and what people added stand in rows without a rank, and so does who is screened out.
    std::string rank;
    std::string firm;
    std::string status;
    for (std::size_t c = 0; c < found.keys.size(); ++c) {
      if (!found.keys[c]) continue;
      const std::string text(trim(table.cell(r, c).text));
      if (*found.keys[c] == "rank") rank = text;
      if (*found.keys[c] == "status") status = text;
      if (*found.keys[c] == "name" || *found.keys[c] == "code") firm += text;
    }
    if (firm.empty() || (rank.empty() && status.empty())) continue;
    for (std::size_t c = 0; c < found.keys.size(); ++c) {
      if (!found.keys[c]) continue;
      const std::string text(trim(table.cell(r, c).text));
      if (!text.empty()) read_cell(row, *found.keys[c], text, table, r, c);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

template <typename T>
void fill(T& into, const T& from) {
  if (into == T()) into = from;
}

// What another sheet of the same workbook says of the same firm.
void add(WrittenRow& row, const WrittenRow& more) {
  fill(row.code, more.code);
  fill(row.status, more.status);
  fill(row.rank, more.rank);
  fill(row.score, more.score);
  fill(row.parts, more.parts);
  fill(row.gaps, more.gaps);
  fill(row.purchases, more.purchases);
  fill(row.unknown, more.unknown);
  fill(row.evidence, more.evidence);
  fill(row.introducer, more.introducer);
  fill(row.screened_by, more.screened_by);
}

std::string text_of(const JsonValue* value) {
  if (value == nullptr || value->is_null()) return {};
  const std::string* text = value->as_string();
  return text == nullptr ? std::string() : *text;
}

class JsonList {
 public:
  JsonList(const JsonValue& root, const std::string& file)
      : root_(root),
        json_(file, {"give the list as `liantu rank --json` wrote it",
                     "请给出 liantu rank --json 写出的清单"}) {}

  WrittenList read() {
    WrittenList list;
    list.file = json_.name();
    const std::string schema = text_of(&json_.member(root_, "schema"));
    if (schema != kSchema) {
      json_.fail(json_.member(root_, "schema"),
                 fmt::format("the document is {}, not {}", schema, kSchema),
                 fmt::format("该文件是 {}，不是 {}", schema, kSchema));
    }
    list.prospects = json_.count(json_.member(root_, "prospect_count"));
    if (const JsonValue* inputs = root_.find("inputs"); inputs != nullptr)
      read_inputs(*inputs, list);
    for (const char* part : {"prospects", "unlocated", "expansions", "screened"}) {
      for (const JsonValue& row : json_.array(json_.member(root_, part))) {
        list.rows.push_back(read_row(row));
      }
    }
    return list;
  }

 private:
  void read_inputs(const JsonValue& inputs, WrittenList& list) const {
    for (const JsonValue& one : json_.array(inputs)) {
      const std::string file = text_of(one.find("name"));
      if (!file.empty()) list.inputs[file] = text_of(one.find("digest"));
    }
  }

  [[nodiscard]] double number(const JsonValue& value, double most) const {
    const double number = json_.number(value);
    if (number >= 0 && number <= most) return number;
    const Text range = range_text(most);
    json_.fail(value, fmt::format("{} {}", number, range.en),
               fmt::format("{} {}", number, range.zh));
  }

  [[nodiscard]] std::uint32_t rank(const JsonValue& value) const {
    (void)number(value, kMostRank);
    return static_cast<std::uint32_t>(json_.count(value));
  }

  [[nodiscard]] std::string status(const JsonValue& value) const {
    const std::string& word = json_.string(value);
    for (const auto& one : kStatuses) {
      if (word == one[0]) return word;
    }
    json_.fail(value, "this is not a status of a firm", "此处不是企业的类别");
  }

  [[nodiscard]] WrittenRow read_row(const JsonValue& value) const {
    WrittenRow row;
    row.name = json_.string(json_.member(value, "name"));
    row.code = text_of(value.find("credit_code"));
    row.status = status(json_.member(value, "status"));
    row.rank = rank(json_.member(value, "rank"));
    row.score = number(json_.member(value, "score"), kMostPoints);
    for (const auto& [part, points] : json_.object(json_.member(value, "parts"))) {
      row.parts[part] = number(points, kMostPoints);
    }
    if (const JsonValue* yuan = value.find("purchases"); yuan != nullptr && !yuan->is_null()) {
      row.purchases = number(*yuan, kMostYuan);
    }
    for (const JsonValue& gap : json_.array(json_.member(value, "gaps"))) {
      row.gaps.push_back(json_.string(json_.member(gap, "segment")));
    }
    for (const JsonValue& word : json_.array(json_.member(value, "unknown"))) {
      row.unknown.push_back(json_.string(word));
    }
    for (const JsonValue& one : json_.array(json_.member(value, "evidence"))) {
      row.evidence.push_back(read_evidence(one));
    }
    if (const JsonValue* way = value.find("introduction"); way != nullptr && !way->is_null()) {
      row.introducer = text_of(way->find("introducer"));
    }
    if (const JsonValue* why = value.find("screened_by"); why != nullptr) {
      row.screened_by = text_of(why->find("zh"));
    }
    row.place = json_.place(value);
    return row;
  }

  [[nodiscard]] WrittenEvidence read_evidence(const JsonValue& value) const {
    WrittenEvidence one;
    one.what = fmt::format("{}: {} → {}", json_.string(json_.member(value, "relation")),
                           json_.string(json_.member(value, "from")),
                           json_.string(json_.member(value, "to")));
    one.said = text_of(value.find("basis"));
    if (const JsonValue* sure = value.find("confidence"); sure != nullptr && sure->as_number()) {
      one.said += fmt::format(" {:.2f}", *sure->as_number());
    }
    if (const std::string words = text_of(value.find("detail")); !words.empty()) {
      one.said += " " + words;
    }
    one.source = text_of(value.find("file"));
    if (const std::string sheet = text_of(value.find("sheet")); !sheet.empty()) {
      one.source += "#" + sheet;
    }
    if (const JsonValue* row = value.find("row"); row != nullptr && row->as_number()) {
      one.source += fmt::format("!{:.0f}", *row->as_number());
    }
    return one;
  }

  const JsonValue& root_;
  JsonFile json_;
};

}  // namespace

WrittenList parse_written_list(std::string_view text, const std::string& file) {
  const JsonValue root = parse_json(text, file);
  return JsonList(root, file).read();
}

WrittenList read_written_list(const std::filesystem::path& path, const TableOptions& options) {
  const std::string name = path_text(path.filename());
  if (path.extension() == ".json") {
    const std::string bytes = read_file(path, options.limits.file_bytes, options.stop);
    WrittenList list = parse_written_list(bytes, name);
    list.digest = digest(bytes);
    return list;
  }
  TableOptions how = options;
  how.is_heading = [](std::string_view words) { return meaning(words).has_value(); };
  how.hidden = Hidden::Read;
  const std::vector<Table> tables = read_tables(path, {}, how);
  std::vector<FoundTable> found;
  for (const Table& table : tables) {
    found.push_back(match_headings(table));
    if (found.back().known == 0) found.pop_back();
  }
  // The sheet that says most leads; what was cut from it others may still say.
  std::ranges::stable_sort(found, std::greater<>(), &FoundTable::known);
  if (found.empty()) {
    throw Error(
        ErrorCode::InvalidData,
        {fmt::format("{}: no sheet has the columns of a prospect list (rank, firm); give a "
                     "list that `liantu rank -o` wrote, with its headings",
                     name),
         fmt::format("{}：没有一张表有招商对象清单的列（名次、企业）；请给出 liantu rank -o "
                     "写出的清单，并保留表头",
                     name)});
  }
  WrittenList list;
  list.file = name;
  list.digest = found.front().table->digest();
  list.rows = read_rows(found.front());
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < list.rows.size(); ++i) places.emplace(list.rows[i].name, i);
  for (std::size_t t = 1; t < found.size(); ++t) {
    for (const WrittenRow& more : read_rows(found[t])) {
      const auto same = places.find(more.name);
      if (same != places.end()) add(list.rows[same->second], more);
    }
  }
  for (WrittenRow& row : list.rows) {
    if (row.status.empty()) row.status = "prospect";
    if (row.status != "screened") row.screened_by.clear();
  }
  return list;
}

}  // namespace liantu

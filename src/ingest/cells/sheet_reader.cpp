#include "ingest/cells/sheet_reader.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/text/chinese_number.hpp"
#include "base/text/excerpt.hpp"
#include "ingest/cells/rough_value.hpp"
#include "liantu/base/regions/region_history.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/base/values/money.hpp"
#include "tables/cells/cell_words.hpp"

namespace liantu {
namespace {

constexpr std::string_view kMissing[] = {"N/A",  "n/a",  "NA",   "-",   "--", "—",    "/",   "无",
                                         "null", "NULL", "None", "\\N", "空", "不详", "未知"};

std::string joined_columns(const Table& table) { return excerpts(table.columns(), ", "); }

// `USD` of a known amount in another currency: `单价(美元)`; empty of all other headings.
std::string foreign_currency(const TableMeaning& meaning, std::string_view heading) {
  const Heading read = read_heading(heading);
  if (read.currency.empty()) return {};
  const std::string_view bare =
      std::string_view(read.name).substr(0, read.name.size() - read.unit.size());
  const std::size_t end = bare.find_last_of("([{/");
  const Field* field = find_field(meaning, bare.substr(0, end));
  return field != nullptr && field->type == FieldType::Money ? read.currency : std::string();
}

// `510107.0` and `9.15E+17`: what a spreadsheet makes of a code in a column of numbers.
bool is_number_of_spreadsheet(std::string_view text) {
  const bool marked = text.find('.') != std::string_view::npos ||
                      text.find("E+") != std::string_view::npos ||
                      text.find("e+") != std::string_view::npos;
  return marked && parse_number(text).has_value();
}

// Whether one text becomes the other by adding, taking or changing one character.
bool one_apart(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a == b || b.size() - a.size() > 1) return false;
  std::size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  const std::size_t changed = a.size() == b.size() ? 1 : 0;
  return a.substr(same + changed) == b.substr(same + 1);
}

// A heading of the table that one slip makes of this one; empty when none does.
std::string_view similar_heading(const TableMeaning& meaning, std::string_view heading) {
  const std::u32string text = to_utf32(read_heading(heading).name);
  if (text.size() < 3) return {};  // of two characters one is half
  for (const Field& field : fields(meaning)) {
    if (one_apart(text, to_utf32(field.key))) return field.key;
    for (const std::string_view name : field.names) {
      if (one_apart(text, to_utf32(name))) return name;
    }
  }
  // 企业年度营业收入情况: the longest known heading in it.
  std::string_view longest;
  constexpr std::size_t kLeast = 3 * std::string_view("产").size();
  const std::string words = read_heading(heading).name;
  for (const Field& field : fields(meaning)) {
    for (const std::string_view name : field.names) {
      if (name.size() >= kLeast && name.size() > longest.size() &&
          words.find(name) != std::string::npos) {
        longest = name;
      }
    }
  }
  return longest;
}

// 上年, 同比, 计划: what tells of another time or of a change, and so is not the figure itself.
bool tells_of_another(std::string_view heading) {
  for (const std::string_view word :
       {"上年", "去年", "同期", "同比", "环比", "增长", "增速", "增幅", "增减", "比上", "计划",
        "目标", "预计", "预算", "排名", "排序", "占比", "比重", "率",   "本月", "月"}) {
    if (heading.find(word) != std::string_view::npos) return true;
  }
  return false;
}

// `合计` under the last firm of a table, `装备制造业小计` below a group of them, `其中：外资企业`.
bool is_total(std::string_view words) {
  constexpr std::size_t kLongest = 48;
  if (words.size() > kLongest) return false;
  std::string name = normalize_firm_name(words).full;
  std::erase(name, ' ');
  if (name.ends_with(':')) name.pop_back();
  if (const std::size_t open = name.find('('); open != std::string::npos && open > 0) {
    name.resize(open);  // 合计(家)
  }
  for (const std::string_view total :
       {"合计", "总计", "小计", "共计", "累计", "平均", "平均值", "均值", "total", "subtotal"}) {
    if (name == total) return true;
  }
  for (const std::string_view total : {"合计", "总计", "小计", "共计"}) {
    if (name.ends_with(total)) return true;
  }
  if (name.starts_with("其中:")) return true;
  // 共3家
  return name.starts_with("共") && name.ends_with("家") &&
         name.find_first_of("0123456789") == std::string_view("共").size();
}

// What JSON nests where one value belongs, as it stands there.
bool is_nested(std::string_view text) {
  if (text.size() < 4) return false;
  const bool object = text.starts_with("{\"") && text.ends_with('}');
  const bool list = text.starts_with('[') && text.ends_with(']') &&
                    std::string_view("\"{[").find(text[1]) != std::string_view::npos;
  return object || list;
}

// 百分之三十五, 三成, 1/3, 全资.
std::optional<double> share_in_words(std::string_view text) {
  const std::string words = with_arabic_digits(normalize_width(text));
  for (const std::string_view all : {"全资", "独资", "全部"}) {
    if (words == all) return 1;
  }
  constexpr std::string_view kPerCent = "百分之";
  if (words.starts_with(kPerCent)) {
    const auto value = parse_number(std::string_view(words).substr(kPerCent.size()));
    return value ? std::optional(*value / 100) : std::nullopt;
  }
  const auto quotient = [&](std::string_view sign, double below) -> std::optional<double> {
    const std::size_t at = words.find(sign);
    if (at == std::string::npos) return std::nullopt;
    const auto above = parse_number(std::string_view(words).substr(0, at));
    const std::string_view rest = std::string_view(words).substr(at + sign.size());
    if (below == 0)
      below = parse_number(rest).value_or(0);
    else if (!rest.empty())
      return std::nullopt;
    return above && below > 0 ? std::optional(*above / below) : std::nullopt;
  };
  if (const auto tenths = quotient("成", 10)) return tenths;
  return quotient("/", 0);
}

// The day of a spreadsheet's number of one, from 1954 to 2064: what people have in a column of
// dates; unknown of all other words.
Date date_of_serial(std::string_view text) {
  constexpr double kFirst = 20'000;
  constexpr double kLast = 60'000;
  if (text.size() < 5 || text[0] < '0' || text[0] > '9') return {};
  const auto number = parse_number(text);
  if (!number || *number < kFirst || *number >= kLast) return {};
  const std::chrono::sys_days first =
      std::chrono::year(1899) / std::chrono::December / std::chrono::day(30);
  const std::chrono::year_month_day day(first + std::chrono::days(static_cast<int>(*number)));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

// `3月13日`, `13-Mar`, `Mar-13`: no code is written so.
bool is_month_and_day(std::string_view text) {
  constexpr std::size_t kLongest = 20;
  if (text.empty() || text.size() > kLongest) return false;
  const std::string words = normalize_width(text);
  if (words.find("月") != std::string::npos) {
    const auto date = parse_date(words);
    const auto in_year = parse_date("2000年" + words);
    return (date && date->day != 0) || (in_year && in_year->day != 0);
  }
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (std::ranges::none_of(words, is_letter)) return false;
  return parse_date(words + "-2000").has_value() || parse_date("1-" + words).has_value() ||
         parse_date(words).has_value();
}

// `3月13日`, `13-Mar`, `2021-03-13`: what a spreadsheet makes of 3-13 in a column of codes.
bool is_date_of_spreadsheet(std::string_view text) {
  constexpr std::size_t kLongest = 32;
  if (text.empty() || text.size() > kLongest) return false;
  const std::string words = normalize_width(text);
  const bool eight = words.find_first_not_of("0123456789") == std::string::npos;
  if (eight) return false;  // 20210313 may be a code
  const bool parted =
      words.find_first_of("-/") != std::string::npos || words.find("月") != std::string::npos;
  if (!parted) return false;
  if (const auto date = parse_date(words)) return date->day != 0;
  return is_month_and_day(words);
}

// Digits that a number of 15 significant ones could not hold became noughts.
bool lost_last_digits(std::string_view code) {
  return code.size() == 18 && code.find_first_not_of("0123456789") == std::string_view::npos &&
         code.ends_with("000") && check_credit_code(code) != CreditCodeFault::None;
}

}  // namespace

std::string without_identity(std::string_view cell) {
  const std::string code = normalize_credit_code(cell);
  if (read_firm_code(code).kind != FirmCodeKind::IdentityNumber) return std::string(cell);
  constexpr std::size_t kShown = 6;
  return code.substr(0, kShown) + std::string(code.size() - kShown, '*');
}

std::size_t field_index(const TableMeaning& meaning, std::string_view key) {
  const auto list = fields(meaning);
  return static_cast<std::size_t>(std::ranges::find(list, key, &Field::key) - list.begin());
}

std::optional<std::size_t> find_mapped_column(const Table& table, const std::string& name) {
  if (const auto column = table.column(name)) return column;
  const auto bare = [](const std::string& heading) {
    return read_heading_year(read_heading(heading).name);
  };
  const std::string wanted = bare(name).name;
  std::optional<std::size_t> found;
  for (std::size_t column = 0; column < table.columns().size(); ++column) {
    const HeadingYear heading = bare(table.columns()[column]);
    if (heading.name != wanted) continue;
    if (!found || heading.year > bare(table.columns()[*found]).year) found = column;
  }
  return found;
}

SheetReader::SheetReader(const Table& table, const TableMeaning& meaning,
                         const TableMapping* mapping, std::vector<Problem>& problems)
    : table_(table),
      meaning_(meaning),
      mapping_(mapping),
      problems_(problems),
      feeds_(fields(meaning).size() + 1) {
  if (mapping_ != nullptr) {
    feed_by_mapping();
  } else {
    feed_by_headings();
  }
  apply_unit();
  for (std::size_t i = 0; i < fields(meaning_).size(); ++i) {
    const Field& missing = fields(meaning_)[i];
    if (!missing.required || has(i)) continue;
    std::string known(missing.key);
    for (const std::string_view name : missing.names) known += fmt::format(", {}", name);
    throw Error(
        ErrorCode::InvalidData, table_.header(),
        {fmt::format("the column with the {} is missing (columns found: {})", missing.meaning.en,
                     joined_columns(table_)),
         fmt::format("缺少“{}”一列（现有列：{}）", missing.meaning.zh, joined_columns(table_))},
        {fmt::format("the first line must be the headings; name the column one of: {}; or write a "
                     "mapping file",
                     known),
         fmt::format("第一行须是列名，请把该列命名为其中之一：{}，或编写映射文件", known)});
  }
}

void SheetReader::feed_by_mapping() {
  const auto index_of = [&](const std::string& name) {
    if (const std::size_t index = field(name); index < fields(meaning_).size()) return index;
    throw Error(ErrorCode::InvalidData, mapping_->place,
                {fmt::format("\"{}\" is not a field of {}", excerpt(name), meaning_word(meaning_)),
                 fmt::format("“{}”不是 {} 的字段", excerpt(name), meaning_word(meaning_))},
                {"mend the mapping", "请修改映射文件"});
  };
  for (const MappedColumn& mapped : mapping_->columns) {
    const std::size_t index = index_of(mapped.field);
    feed_from(index, mapped_column(mapped.column));
    Feed& feed = feeds_[index];
    feed.until = mapped.until;
    if (mapped.multiplier != 1) {
      feed.multiplier = mapped.multiplier;
      feed.unit.clear();
      feed.unit_stated = true;
    }
  }
  for (const auto& [name, value] : mapping_->set) feeds_[index_of(name)].fixed = value;
  for (const auto& [name, value] : mapping_->where) {
    where_.emplace_back(mapped_column(name), value);
  }
}

std::size_t SheetReader::mapped_column(const std::string& name) const {
  if (const auto column = find_mapped_column(table_, name)) return *column;
  throw Error(
      ErrorCode::InvalidData, mapping_->place,
      {fmt::format("the mapping names column \"{}\", which {} does not have (columns found: {})",
                   excerpt(name), table_.file(), joined_columns(table_)),
       fmt::format("映射中的列“{}”在 {} 中不存在（现有列：{}）", excerpt(name), table_.file(),
                   joined_columns(table_))},
      {"mend the mapping", "请修改映射文件"});
}

bool SheetReader::uses(std::size_t column) const {
  const auto feeds = [&](const Feed& feed) { return feed.from_column && feed.column == column; };
  const auto asks = [&](const auto& condition) { return condition.first == column; };
  return std::ranges::any_of(feeds_, feeds) || std::ranges::any_of(where_, asks);
}

std::string SheetReader::wanted_rows() const {
  std::string list;
  for (const auto& [column, value] : where_) {
    list += fmt::format("{}{} = {}", list.empty() ? "" : ", ", table_.columns()[column], value);
  }
  return shortened(list);
}

// A column feeds a field; its heading may say the unit and the year of what stands below it.
void SheetReader::feed_from(std::size_t field, std::size_t column) {
  const Heading read = read_heading(table_.columns()[column]);
  Feed& feed = feeds_[field];
  feed.column = column;
  feed.from_column = true;
  feed.multiplier = read.multiplier;
  feed.unit = read.unit;
  feed.unit_stated = !read.unit.empty();
  feed.year = read_heading_year(read.name).year;
  const Field& kind = fields(meaning_)[field];
  const bool measured = kind.type == FieldType::Money || !kind.unit.empty();
  if (!measured || read.unit.empty()) return;
  if (const auto factor = unit_factor(kind, read.unit)) {
    feed.multiplier = *factor;
  } else {
    refuse_unit(field, column, read.unit);
  }
}

void SheetReader::refuse_unit(std::size_t field, std::size_t column, std::string_view unit) {
  feeds_[field].from_column = false;
  const Field& kind = fields(meaning_)[field];
  const std::string_view wanted = kind.unit.empty() ? std::string_view("元") : kind.unit;
  problems_.push_back(
      {Severity::Warning,
       table_.heading(column),
       "unit",
       table_.columns()[column],
       std::string(unit),
       {fmt::format("{} is not a unit of the {}, and the column is not read", unit,
                    kind.meaning.en),
        fmt::format("“{}”不是“{}”的单位，未读取此列", unit, kind.meaning.zh)},
       {fmt::format("give the figures in {}, or mend the unit in the heading", wanted),
        fmt::format("请以{}填写，或更正列名中的单位", wanted)}});
}

std::vector<MappedColumn> SheetReader::found_columns() const {
  std::vector<MappedColumn> found;
  const auto list = fields(meaning_);
  std::vector<std::string> bare;
  for (const std::string& heading : table_.columns()) {
    bare.push_back(read_heading_year(read_heading(heading).name).name);
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Feed& feed = feeds_[i];
    if (!feed.from_column) continue;
    const bool only_one = std::ranges::count(bare, bare[feed.column]) == 1;
    const bool dated = feed.year != 0;
    MappedColumn column;
    column.column = only_one || dated ? bare[feed.column] : table_.columns()[feed.column];
    column.field = list[i].key;
    column.until = feed.until;
    // What the unit of the sheet or of the command line made of the column stands in no heading.
    if (feed.unit.empty()) column.multiplier = feed.multiplier;
    found.push_back(std::move(column));
  }
  return found;
}

int SheetReader::year(std::size_t field, const Date& as_of) const {
  return feeds_[field].year != 0 ? feeds_[field].year : as_of.year;
}

void SheetReader::feed_by_headings() {
  for (std::size_t column = 0; column < table_.columns().size(); ++column) {
    const std::string& heading = table_.columns()[column];
    const Field* match = find_field(meaning_, heading);
    if (match == nullptr) {
      note_unread(column);
      continue;
    }
    Feed& feed = feeds_[static_cast<std::size_t>(match - fields(meaning_).data())];
    // Of several the one that means it most closely, then the latest year, then the first.
    const auto closeness = [&](const std::string& words) {
      return std::pair(heading_rank(*match, words),
                       -read_heading_year(read_heading(words).name).year);
    };
    if (feed.from_column) {
      const bool better = closeness(heading) < closeness(table_.columns()[feed.column]);
      note_double(better ? feed.column : column, better ? column : feed.column, *match);
      if (!better) continue;
    }
    feed_from(static_cast<std::size_t>(match - fields(meaning_).data()), column);
  }
}

void SheetReader::note_double(std::size_t column, std::size_t kept, const Field& field) {
  const std::string& heading = table_.columns()[kept];
  problems_.push_back({Severity::Note,
                       table_.heading(column),
                       "double-column",
                       table_.columns()[column],
                       "",
                       {fmt::format("the column {} gives the {}, too, and is read instead", heading,
                                    field.meaning.en),
                        fmt::format("“{}”一列也给出“{}”，以它为准", heading, field.meaning.zh)},
                       {"if this one is meant, rename the other or write a mapping file",
                        "如应读取本列，请给另一列改名，或编写映射文件"}});
}

// The unit above the table counts for amounts whose heading has none.
void SheetReader::apply_unit() {
  if (table_.unit().empty()) return;
  const auto unit = read_money_unit(table_.unit());
  for (std::size_t i = 0; i < fields(meaning_).size(); ++i) {
    Feed& feed = feeds_[i];
    if (!feed.from_column || feed.unit_stated || fields(meaning_)[i].type != FieldType::Money) {
      continue;
    }
    if (unit && unit->currency.empty()) {
      feed.multiplier = unit->multiplier;
      continue;  // feed.unit stays empty: the column's heading does not say it
    }
    feed.from_column = false;
    const std::string& words = table_.unit();
    problems_.push_back({Severity::Warning,
                         table_.heading(feed.column),
                         "currency",
                         table_.columns()[feed.column],
                         words,
                         {"the unit of the table is not a unit of yuan, and the column is not read",
                          "表的金额单位不是人民币单位，未读取此列"},
                         {"give the amounts in yuan, or name their unit with --unit",
                          "请换算为人民币，或用 --unit 指明单位"}});
  }
}

void SheetReader::note_unread(std::size_t column) {
  Text remedy = {"rename it or map it if it matters (`liantu formats` lists the headings)",
                 "如果需要，请改列名或写入映射（`liantu formats` 列出可用列名）"};
  if (tells_of_another(table_.columns()[column])) {
    remedy = {"nothing to do if it is a figure of another time or a rate",
              "如为其他时期的数值或比率，无需处理"};
  } else if (const std::string_view near = similar_heading(meaning_, table_.columns()[column]);
             !near.empty()) {
    remedy = {fmt::format("do you mean {}? If so, rename the column to that", near),
              fmt::format("是否指“{}”？如是，请改为该列名", near)};
  }
  Text what = {"this column is not known and is not read", "无法识别此列，未读取"};
  if (read_heading(table_.columns()[column]).name == "序号") {
    what = {"serial numbers say nothing beyond the sheet and are not read",
            "序号只在本表内有意义，未读取"};
    remedy = {"nothing to do", "无需处理"};
  }
  if (const std::string currency = foreign_currency(meaning_, table_.columns()[column]);
      !currency.empty()) {
    what = {fmt::format("this column is in {}, no rate of exchange is assumed, and it is not read",
                        currency),
            fmt::format("此列金额为外币 {}，不作汇率换算，未读取", currency)};
    remedy = {"give the amounts in yuan", "请换算为人民币"};
  }
  problems_.push_back({Severity::Note, table_.heading(column), "unknown-column",
                       table_.columns()[column], "", std::move(what), std::move(remedy)});
}

bool SheetReader::go(std::size_t row) {
  row_ = row;
  rough_ = false;
  find_lists();
  return std::ranges::all_of(where_, [&](const auto& condition) {
    return cell_words(table_.cell(row_, condition.first).text) == condition.second;
  });
}

// A JSON list where one value belongs: of a firm's names the first is its name and the others are
// its other names; anything else would be guessed.
void SheetReader::find_lists() {
  const bool report_it = row_ >= rows_seen_;
  rows_seen_ = std::max(rows_seen_, row_ + 1);
  for (std::size_t i = 0; i < fields(meaning_).size(); ++i) {
    Feed& feed = feeds_[i];
    feed.nested = feed.from_column && is_nested(table_.cell(row_, feed.column).text);
    if (!feed.nested || !report_it) continue;
    fault("several-values", i,
          {"nested JSON stands where one value belongs", "此处应为一个值，却是嵌套的 JSON"},
          {"write the value alone, or name its member in a mapping",
           "请只写该值，或在映射中指明其成员"});
  }
  if (!table_.has_lists()) return;
  for (std::size_t i = 0; i < fields(meaning_).size(); ++i) {
    Feed& feed = feeds_[i];
    if (!feed.from_column) continue;
    feed.list = fields(meaning_)[i].type != FieldType::List && table_.is_list(row_, feed.column);
    const bool names = feed.list && meaning_ == TableMeaning(EntityKind::Firm) &&
                       fields(meaning_)[i].type == FieldType::Name;
    if (!feed.list || !report_it) continue;
    if (names) {
      report(Severity::Note, "several-values", i,
             {"the first of the names is the firm's, the others are its other names",
              "多个名称中，第一个作为企业名称，其余作为别名"},
             {"nothing to do if that is so", "如属实无需处理"});
      continue;
    }
    fault("several-values", i,
          {"a list stands where one value belongs", "此处应为一个值，却有多个值"},
          {"keep one of them", "请只保留一个"});
  }
}

bool SheetReader::has(std::size_t field) const {
  return feeds_[field].from_column || !feeds_[field].fixed.empty();
}

std::string_view SheetReader::words(std::size_t field) const {
  const Feed& feed = feeds_[field];
  if (!feed.from_column) return feed.fixed;
  if (feed.nested) return {};
  std::string_view text = cell_words(table_.cell(row_, feed.column).text);
  if (feed.list) {
    const bool name = meaning_ == TableMeaning(EntityKind::Firm) && field == 0;
    text = name ? trim(text.substr(0, text.find(';'))) : std::string_view();
  }
  if (!feed.until.empty()) text = trim(text.substr(0, text.find(feed.until)));
  if (text.size() <= 6 && std::ranges::find(kMissing, text) != std::end(kMissing)) text = {};
  return text.empty() ? feed.fixed : text;
}

std::string_view SheetReader::heading(std::size_t field) const {
  const Feed& feed = feeds_[field];
  return feed.from_column ? std::string_view(table_.columns()[feed.column]) : std::string_view();
}

std::vector<std::string_view> SheetReader::list(std::size_t field) const {
  std::vector<std::string_view> parts;
  split_list(words(field), parts);
  const bool aliases = meaning_ == TableMeaning(EntityKind::Firm) && feeds_.front().list &&
                       field == this->field("aliases");
  if (aliases) {
    const std::string_view names = cell_words(table_.cell(row_, feeds_.front().column).text);
    split_list(names.substr(std::min(names.size(), names.find(';'))), parts);
  }
  return parts;
}

void SheetReader::split_list(std::string_view rest, std::vector<std::string_view>& parts) {
  while (!rest.empty()) {
    std::size_t cut = rest.size();
    std::size_t skip = 0;
    for (const std::string_view separator : {";", "；", "、", "|", "\n"}) {
      const std::size_t at = rest.find(separator);
      if (at < cut) {
        cut = at;
        skip = separator.size();
      }
    }
    if (const std::string_view part = trim(rest.substr(0, cut)); !part.empty()) {
      parts.push_back(part);
    }
    rest.remove_prefix(std::min(rest.size(), cut + skip));
  }
}

std::string_view SheetReader::code_words(std::size_t field) {
  const std::string_view text = words(field);
  if (text.empty()) return {};
  const bool power =
      text.find("E+") != std::string_view::npos || text.find("e+") != std::string_view::npos;
  if (power && parse_number(text)) {
    fault_of_spreadsheet("code", field);
    return {};
  }
  if (!is_month_and_day(text)) return text;
  std::ignore = fault_of_dates("code", field);
  return {};
}

std::string_view SheetReader::industry_words(std::size_t field) {
  const std::string_view text = words(field);
  if (is_number_of_spreadsheet(text)) {
    fault_of_spreadsheet("industry", field);
    return {};
  }
  return fault_of_dates("industry", field) ? std::string_view() : text;
}

std::string SheetReader::credit_code(std::size_t field) {
  const std::string_view text = words(field);
  if (text.empty()) return {};
  std::string code = normalize_credit_code(text);
  if (is_number_of_spreadsheet(text) || lost_last_digits(code)) {
    fault_of_spreadsheet("credit-code", field);
    return {};
  }
  if (fault_of_dates("credit-code", field)) return {};
  const FirmCode read = read_firm_code(code);
  if (read.kind == FirmCodeKind::IdentityNumber) {
    fault("identity-number", field,
          {"this is a person's identity number, not the code of a firm; it is not kept",
           "这是个人身份证号码，不是企业代码，未予保留"},
          {"remove it from the table and write the firm's credit code",
           "请从表中删除，并填写企业的统一社会信用代码"});
    return {};
  }
  if (read.kind != FirmCodeKind::None) {
    if (!read.check_fits) {
      fault(
          "credit-code", field,
          {"the check digit does not fit the code; the code is kept as it stands",
           "校验位不符，代码按原样保留"},
          {"compare it with the business licence: a character may be mistyped, or it was issued so",
           "请与营业执照核对：可能有字符录入错误，也可能原证如此"});
    }
    return code;
  }
  switch (check_credit_code(code)) {
    case CreditCodeFault::None:
    case CreditCodeFault::CheckDigit:
      fault("credit-code", field,
            {"no authority issues codes that begin like this (GB 32100)",
             "没有登记机关签发此类开头的代码（GB 32100）"},
            {"copy the code from the business licence", "请按营业执照重新填写"});
      break;
    case CreditCodeFault::Length:
      fault("credit-code", field,
            {"a unified social credit code has 18 characters", "统一社会信用代码应为 18 位"},
            {"copy the code from the business licence", "请按营业执照重新填写"});
      break;
    case CreditCodeFault::Character:
      fault("credit-code", field,
            {"the code has a character that no such code contains (I, O, S, V, Z or a sign)",
             "代码含有不会出现的字符（I、O、S、V、Z 或符号）"},
            {"look for O instead of 0 and I instead of 1", "请检查是否把 0 写成 O、把 1 写成 I"});
      break;
  }
  return {};
}

std::optional<RegionCode> SheetReader::region(std::size_t field) {
  const std::string_view text = words(field);
  if (text.empty()) return std::nullopt;
  if (const auto code = parse_region_code(text)) {
    if (const RegionCode now = region_now(*code); now.known()) return now;
  }
  if (const RegionCode named = find_region(text); named.known()) return named;
  if (is_number_of_spreadsheet(text)) {
    fault_of_spreadsheet("region", field);
    return std::nullopt;
  }
  if (fault_of_dates("region", field)) return std::nullopt;
  if (const std::vector<RegionCode> several = regions_named(text); several.size() > 1) {
    std::string list;
    for (const RegionCode one : several) {
      list +=
          fmt::format("{}{} {}", list.empty() ? "" : ", ", one.to_string(), region_full_name(one));
    }
    fault(
        "ambiguous-region", field,
        {fmt::format("{} divisions have this name: {}", several.size(), list),
         fmt::format("有 {} 个地区同名：{}", several.size(), list)},
        {"write the code or the full name of the one that is meant", "请填写所指地区的代码或全称"});
    return std::nullopt;
  }
  fault("region", field,
        {"no division of GB/T 2260 has this code or name",
         "行政区划表（GB/T 2260）中没有此代码或名称"},
        {"write a code such as 500104 or a full name such as 重庆市大渡口区",
         "请填写代码（如 500104）或全称（如 重庆市大渡口区）"});
  return std::nullopt;
}

std::optional<double> SheetReader::money(std::size_t field) {
  const std::string_view text = words(field);
  if (text.empty()) return std::nullopt;
  rough_ = false;
  const double multiplier = feeds_[field].multiplier;
  const auto reading = parse_money(text, multiplier);
  if (!reading) {
    const auto exact = [&](std::string_view words) -> std::optional<double> {
      const auto amount = parse_money(words, multiplier);
      if (!amount || amount->currency != "CNY" || !(amount->amount >= 0)) return std::nullopt;
      return amount->amount;
    };
    if (const auto value = rough_value(field, text, exact)) return value;
  }
  if (reading && reading->amount < 0) {
    fault(
        "money", field,
        {"the amount is negative (brackets around a number are a minus sign)",
         "金额为负数（数字外加括号表示负数）"},
        {"write an amount of 0 or more, or leave the cell empty", "请填写不小于 0 的金额，或留空"});
    return std::nullopt;
  }
  if (!reading || !std::isfinite(reading->amount)) {
    fault("money", field, {"this is not an amount of money", "不是有效的金额"},
          {"write a number, or a number with its unit such as 3.5万元",
           "请填写数字，或带单位的数字，如 3.5万元"});
    return std::nullopt;
  }
  if (reading->currency != "CNY") {
    fault(
        "currency", field,
        {fmt::format("the amount is in {}, and no rate of exchange is assumed", reading->currency),
         fmt::format("金额币种为 {}，不作汇率换算", reading->currency)},
        {"give the amount in yuan", "请折算为人民币填写"});
    return std::nullopt;
  }
  return reading->amount;
}

template <typename Read>
std::optional<double> SheetReader::rough_value(std::size_t field, std::string_view text,
                                               const Read& read) {
  const auto rough = read_rough_value(text);
  if (!rough) return std::nullopt;
  const std::optional<double> low = read(rough->low);
  const std::optional<double> high = read(rough->high);
  if (!low || !high || *low > *high) return std::nullopt;
  rough_ = true;
  const double value = (*low + *high) / 2;
  const bool money = fields(meaning_)[field].type == FieldType::Money;
  const auto said = [&](Language language) {
    return money ? format_money(Money{value}, language) : fmt::format("{:.10g}", value);
  };
  report(Severity::Note, "rough-value", field,
         {fmt::format("this is {}: {}", rough_text_en(rough->kind), said(Language::En)),
          fmt::format("{}：{}", rough_text_zh(rough->kind), said(Language::Zh))},
         {"write the value itself if it is known", "如知道确切数值，请直接填写"});
  return value;
}

std::optional<double> SheetReader::scaled_number(std::size_t field, std::string_view text) const {
  const Feed& feed = feeds_[field];
  const bool percent =
      text.find('%') != std::string_view::npos || text.find("％") != std::string_view::npos;
  if (const auto value = parse_number(text)) return percent ? *value : *value * feed.multiplier;
  // 320人, 1.2万千瓦时, 五十亩.
  const std::string words = with_arabic_digits(normalize_width(text));
  const std::size_t last = words.find_last_of("0123456789");
  if (last == std::string::npos) return std::nullopt;
  const auto value = parse_number(std::string_view(words).substr(0, last + 1));
  if (!value) return std::nullopt;
  std::string unit = read_heading(words.substr(last + 1)).name;
  if (unit.empty()) return *value * feed.multiplier;
  // 1.5万 below 万千瓦时 may be either.
  if (feed.unit_stated && (unit == "万" || unit == "亿")) return std::nullopt;
  const auto factor = unit_factor(fields(meaning_)[field], unit);
  return factor ? std::optional(*value * *factor) : std::nullopt;
}

std::optional<double> SheetReader::number(std::size_t field) {
  const std::string_view text = words(field);
  if (text.empty()) return std::nullopt;
  rough_ = false;
  const auto value = scaled_number(field, text);
  if (!value) {
    const auto exact = [&](std::string_view words) { return scaled_number(field, words); };
    const auto rough = rough_value(field, text, exact);
    if (rough && *rough >= 0 && std::isfinite(*rough)) return rough;
  }
  if (!value || !std::isfinite(*value) || *value < 0) {
    const std::string_view unit = fields(meaning_)[field].unit;
    Text remedy = {"write digits only, such as 1234.5", "请只填写数字，如 1234.5"};
    if (!unit.empty()) {
      remedy = {fmt::format("write a number of {}, such as 1234.5", unit),
                fmt::format("请以“{}”为单位填写数字，如 1234.5", unit)};
    }
    fault("number", field, {"this is not a number of 0 or more", "不是大于等于 0 的数"},
          std::move(remedy));
    return std::nullopt;
  }
  return value;
}

std::optional<double> SheetReader::share(std::size_t field) {
  const std::string_view text = words(field);
  if (text.empty()) return std::nullopt;
  rough_ = false;
  const auto exact = [&](std::string_view words) -> std::optional<double> {
    auto value = scaled_number(field, words);
    if (!value) value = share_in_words(words);
    return value && *value >= 0 && *value <= 1 ? value : std::nullopt;
  };
  if (const auto value = exact(text)) return value;
  if (const auto value = rough_value(field, text, exact)) return value;
  fault("share", field,
        {fmt::format("share {} is outside [0, 1]", text),
         fmt::format("比例 {} 不在 0 到 1 之间", text)},
        {"write 35 % as 0.35 or as 35%", "35% 请写成 0.35 或 35%"});
  return std::nullopt;
}

Date SheetReader::date(std::size_t field) {
  const std::string_view text = words(field);
  if (text.empty()) return {};
  constexpr std::string_view kNone[] = {"0000-00-00", "1900-01-00", "1900/1/0", "0"};
  if (std::ranges::find(kNone, text) != std::end(kNone)) return {};
  if (const auto date = parse_date(text)) return *date;
  if (const Date day = date_of_serial(text); day.known()) {
    // Once a column: all its cells are alike.
    if (!std::exchange(feeds_[field].serials_told, true)) {
      report(
          Severity::Note, "date-serial", field,
          {fmt::format("the dates of this column are day numbers of a spreadsheet; this one is {}",
                       day.to_string()),
           fmt::format("本列日期为电子表格的日期序号，此处为 {}", day.to_string())},
          {"nothing to do if that is so; else write 2006-05-17",
           "如属实无需处理；否则请写成 2006-05-17"});
    }
    return day;
  }
  fault("date", field, {"this is not a date", "不是有效的日期"},
        {"write 2006, 2006-05 or 2006-05-17", "请写成 2006、2006-05 或 2006-05-17"});
  return {};
}

std::optional<bool> SheetReader::flag(std::size_t field) {
  std::string text = normalize_width(words(field));
  if (text.empty()) return std::nullopt;
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string_view yes : {"是", "1", "true", "yes", "y", "√", "★"}) {
    if (text == yes) return true;
  }
  for (const std::string_view no : {"否", "0", "false", "no", "n"}) {
    if (text == no) return false;
  }
  fault("flag", field, {"this is neither yes nor no", "既不是“是”也不是“否”"},
        {"write 是 or leave it empty", "请填“是”或留空"});
  return std::nullopt;
}

std::optional<Basis> SheetReader::basis(std::size_t field) {
  const std::string_view text = words(field);
  if (text.empty()) return std::nullopt;
  const auto basis = parse_basis(text);
  if (!basis) {
    fault("basis", field, {"this is not a basis", "不是有效的依据"},
          {"write stated, counted, estimated or inferred", "请填写 明示、计数、估算 或 推断"});
  }
  return basis;
}

bool SheetReader::named(std::size_t field) {
  const std::string_view text = words(field);
  if (text.empty()) {
    if (feeds_[field].list || feeds_[field].nested) return false;  // which has been said
    for (std::size_t column = 0; column < table_.columns().size(); ++column) {
      const std::string_view first = cell_words(table_.cell(row_, column).text);
      if (first.empty()) continue;
      if (!is_total(first)) break;
      if (std::exchange(total_row_, row_) == row_) return false;  // which has been said
      problems_.push_back({Severity::Note,
                           table_.place(row_, column),
                           "total-row",
                           table_.columns()[column],
                           std::string(first),
                           {"this row is a sum of others and is left out", "此行是合计，未采用"},
                           {"nothing to do", "无需处理"}});
      return false;
    }
    report(Severity::Error, "missing-name", field, {"the row has no name", "此行没有名称"},
           {"fill in the name or delete the row", "请补上名称或删除此行"});
    return false;
  }
  if (repeats_heading(field, text)) {
    if (std::exchange(total_row_, row_) == row_) return false;
    report(Severity::Note, "repeated-heading", field,
           {"this row repeats the headings and is left out", "此行是重复的列名，未采用"},
           {"nothing to do", "无需处理"});
    return false;
  }
  if (!is_total(text)) {
    const bool several = meaning_ == TableMeaning(EntityKind::Firm) &&
                         text.find_first_of(";|\n") != std::string_view::npos;
    if (several ||
        (meaning_ == TableMeaning(EntityKind::Firm) && text.find("；") != std::string_view::npos)) {
      report(Severity::Warning, "several-values", field,
             {"the name contains a list separator and is taken as one name",
              "名称中含有分隔符，按原样作为一个名称"},
             {"give each firm a row of its own, and put other names into a column 别名",
              "每家企业请各占一行，别名请另写一列"});
    }
    return true;
  }
  if (std::exchange(total_row_, row_) == row_) return false;
  report(Severity::Note, "total-row", field,
         {"this row is a sum of others and is left out", "此行是合计，未采用"},
         {"nothing to do", "无需处理"});
  return false;
}

// 企 业 名 称 below 企业名称.
bool SheetReader::repeats_heading(std::size_t field, std::string_view text) const {
  const Feed& feed = feeds_[field];
  constexpr std::size_t kLongest = 64;
  if (!feed.from_column || text.size() > kLongest) return false;
  const std::string& heading = table_.columns()[feed.column];
  const std::size_t last = heading.size() - std::min<std::size_t>(heading.size(), 3);
  if (heading.empty() || text.find(heading.substr(last)) == std::string_view::npos) return false;
  const std::string name = read_heading(text).name;
  return name == read_heading(heading).name && find_field(meaning_, name) != nullptr;
}

InputPlace SheetReader::place(std::size_t field) const {
  return feeds_[field].from_column ? table_.place(row_, feeds_[field].column) : place();
}

InputPlace SheetReader::place() const { return table_.place(row_); }

std::uint32_t SheetReader::row_number() const { return table_.row_number(row_); }

void SheetReader::report(Severity severity, std::string_view kind, std::size_t field, Text what,
                         Text remedy) {
  const Feed& feed = feeds_[field];
  // As read: `-`, which words() takes for nothing, and `600373.SH`, which it may cut.
  const std::string_view cell =
      feed.from_column ? trim(table_.cell(row_, feed.column).text) : std::string_view();
  problems_.push_back({severity, place(field), std::string(kind), std::string(heading(field)),
                       without_identity(cell.empty() ? words(field) : cell), std::move(what),
                       std::move(remedy)});
}

void SheetReader::fault_of_spreadsheet(std::string_view kind, std::size_t field) {
  fault(kind, field, {"the spreadsheet turned the code into a number", "Excel 把代码变成了数字"},
        {"format the column as text and enter the code again", "请把该列设为文本，再重新填写代码"});
}

bool SheetReader::fault_of_dates(std::string_view kind, std::size_t field) {
  if (!is_date_of_spreadsheet(words(field)) && !is_month_and_day(words(field))) return false;
  fault(kind, field, {"the spreadsheet turned the code into a date", "Excel 把代码变成了日期"},
        {"format the column as text and enter the code again", "请把该列设为文本，再重新填写代码"});
  return true;
}

void SheetReader::fault(std::string_view kind, std::size_t field, Text what, Text remedy) {
  const bool required = fields(meaning_)[field].required;
  report(required ? Severity::Error : Severity::Warning, kind, field, std::move(what),
         std::move(remedy));
}

}  // namespace liantu

#include "liantu/ingest/edges/arrival_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "base/core/string_map.hpp"
#include "base/text/excerpt.hpp"
#include "liantu/base/files/output_mark.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/ingest/cells/fields.hpp"
#include "liantu/ingest/who/locate.hpp"
#include "liantu/tables/read_table.hpp"
#include "tables/cells/cell_words.hpp"

namespace liantu {
namespace {

constexpr std::size_t kNamed = 100;  // problems of a kind that are listed one by one

using Headings = std::span<const std::string_view>;

constexpr std::string_view kParentCode[] = {"parent_uscc",
                                            "parent_code",
                                            "parent_credit_code",
                                            "总公司信用代码",
                                            "母公司信用代码",
                                            "总公司代码",
                                            "母公司代码",
                                            "总公司统一社会信用代码",
                                            "所属企业信用代码",
                                            "隶属企业信用代码",
                                            "母公司统一社会信用代码",
                                            "上级企业信用代码"};
constexpr std::string_view kParent[] = {"parent",     "parent_name",  "总公司",      "母公司",
                                        "总公司名称", "母公司名称",   "所属企业",    "隶属企业",
                                        "上级企业",   "上级企业名称", "隶属企业名称"};
constexpr std::string_view kBranch[] = {"branch",       "branch_name", "分公司",   "分公司名称",
                                        "分支机构名称", "分支机构",    "企业名称", "name"};
constexpr std::string_view kPlace[] = {"place", "region", "落户地", "所在地区", "地区", "落户地区"};
constexpr std::string_view kProvince[] = {"province", "省份", "省", "所在省份", "所属省份"};
constexpr std::string_view kCity[] = {"city", "城市", "市", "地市", "所属城市", "所在城市"};
constexpr std::string_view kDate[] = {"date",     "since",    "day",      "日期",
                                      "成立日期", "注册日期", "落户日期", "核准日期"};
constexpr std::string_view kParentProvince[] = {"parent_province", "总公司省份", "母公司省份"};
constexpr std::string_view kParentCity[] = {"parent_city", "总公司城市", "母公司城市"};
constexpr std::string_view kWorks[] = {"works_there", "works", "有无生产经营", "生产经营"};

std::optional<std::size_t> find_column(const Table& table, Headings names) {
  for (const std::string_view name : names) {
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      if (read_heading(table.columns()[i]).name == name) return i;
    }
  }
  return std::nullopt;
}

Table read_one(const std::filesystem::path& path, const ArrivalTableOptions& options) {
  TableOptions how;
  how.limits = options.limits;
  how.stop = options.stop;
  how.progress = options.progress;
  return read_table(path, {}, how);
}

/// Firms of a graph by code and by name.
class FirmFinder {
 public:
  explicit FirmFinder(const EnterpriseGraph& graph) : graph_(graph) {
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
      const EntityId entity = graph.entity(FirmId{i});
      const std::string_view code = graph.text(entity, EntityText::Code);
      if (!code.empty()) codes_.try_emplace(std::string(code), i);
      note(names_, graph.name(entity), i);
    }
  }

  [[nodiscard]] std::optional<FirmId> by_code(std::string_view code) const {
    const auto found = codes_.find(normalize_credit_code(code));
    if (found == codes_.end()) return std::nullopt;
    return FirmId{found->second};
  }

  /// How many firms bear a name, and the first of them.
  std::pair<std::size_t, std::optional<FirmId>> by_name(std::string_view name) {
    auto found = names_.find(name);
    if (found == names_.end()) {
      const std::string full = normalize_firm_name(name).full;
      if (full.empty()) return {0, std::nullopt};
      if (normal_.empty()) {
        for (std::uint32_t i = 0; i < graph_.size(EntityKind::Firm); ++i) {
          note(normal_, normalize_firm_name(graph_.name(graph_.entity(FirmId{i}))).full, i);
        }
      }
      found = normal_.find(full);
      if (found == normal_.end()) return {0, std::nullopt};
    }
    return {found->second.count, FirmId{found->second.first}};
  }

 private:
  struct Bearers {
    std::uint32_t first = 0;
    std::size_t count = 0;
  };
  static void note(StringMap<Bearers>& names, std::string_view name, std::uint32_t firm) {
    ++names.try_emplace(std::string(name), Bearers{firm, 0}).first->second.count;
  }

  const EnterpriseGraph& graph_;
  StringMap<std::uint32_t> codes_;
  StringMap<Bearers> names_;
  StringMap<Bearers> normal_;  // made when a name as written is not known
};

/// Where the columns of a table of arrivals stand.
struct Columns {
  std::optional<std::size_t> code, parent, branch, place, province, city, date, parent_province,
      parent_city, works;

  explicit Columns(const Table& table)
      : code(find_column(table, kParentCode)),
        parent(find_column(table, kParent)),
        branch(find_column(table, kBranch)),
        place(find_column(table, kPlace)),
        province(find_column(table, kProvince)),
        city(find_column(table, kCity)),
        date(find_column(table, kDate)),
        parent_province(find_column(table, kParentProvince)),
        parent_city(find_column(table, kParentCity)),
        works(find_column(table, kWorks)) {
    const auto refuse = [&](std::string_view en, std::string_view zh) {
      throw Error(
          ErrorCode::InvalidData, table.header(),
          {fmt::format("no column says {}; the headings are {}", en,
                       excerpts(table.columns(), ", ")),
           fmt::format("没有写明{}的列；现有列名：{}", zh, excerpts(table.columns(), "、"))},
          {"name the columns parent_uscc (or parent), place (or province and city), date",
           "请将列命名为：总公司信用代码（或总公司）、落户地（或省份、城市）、日期"});
    };
    if (!code && !parent && !branch) refuse("who came", "落户企业");
    if (!place && !province && !city) refuse("where", "落户地");
    if (!date) refuse("when", "日期");
  }
};

class ArrivalReader {
 public:
  ArrivalReader(const EnterpriseGraph& graph, const Table& table)
      : graph_(graph), table_(table), columns_(table), finder_(graph) {}

  ArrivalTable read() {
    result_.digests.emplace_back(table_.file(), table_.digest());
    result_.problems = table_.problems();
    for (std::size_t row = 0; row < table_.size(); ++row) read_row(row);
    result_.rows = table_.size();
    if (result_.arrivals.empty()) refuse_empty();
    for (const auto& [kind, count] : counts_) {
      if (count > kNamed) note_more(kind, count - kNamed);
    }
    drop_repeats();
    for (const auto& [code, name] : places_) {
      const RegionCode place{code};
      if (std::ranges::find(result_.arrivals, place, &Arrival::place) == result_.arrivals.end()) {
        continue;
      }
      result_.places.push_back({place, name});
    }
    for (const Arrival& one : result_.arrivals) {
      if (!one.firm) ++result_.strangers;
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string_view words(std::size_t row,
                                       const std::optional<std::size_t>& column) const {
    return column ? cell_words(table_.cell(row, *column).text) : std::string_view();
  }

  void read_row(std::size_t row) {
    Arrival arrival;
    arrival.row = table_.row_number(row);
    if (!read_date(row, arrival) || !read_place(row, arrival) || !read_firm(row, arrival)) return;
    if (arrival.home == arrival.place) {
      add(Severity::Error, row, columns_.place ? columns_.place : columns_.city, "own-place",
          {"the firm is registered in this place itself, so the row is not an arrival",
           "企业本身就登记在该地，不计为落户"},
          {"nothing to do; the row is left out", "无需处理；该行未采用"});
      return;
    }
    const std::string_view works = words(row, columns_.works);
    arrival.works = works == "1" || works == "是" || works == "有" || works == "yes" ||
                    works == "true" || works == "y";
    result_.arrivals.push_back(arrival);
  }

  bool read_date(std::size_t row, Arrival& arrival) {
    const std::string_view text = words(row, columns_.date);
    const auto date = text.empty() ? std::optional<Date>() : parse_date(text);
    if (date && date->known()) {
      arrival.date = *date;
      return true;
    }
    add(Severity::Error, row, columns_.date, "date",
        text.empty() ? Text{"the date is missing", "缺少日期"}
                     : Text{fmt::format("\"{}\" is not a date", excerpt(text)),
                            fmt::format("“{}”不是日期", excerpt(text))},
        {"write such as 2011-05-17, 2011-05 or 2011", "请写成 2011-05-17、2011-05 或 2011"});
    return false;
  }

  bool read_place(std::size_t row, Arrival& arrival) {
    const std::string_view place = words(row, columns_.place);
    const std::string_view province = words(row, columns_.province);
    const std::string_view city = words(row, columns_.city);
    const std::string name =
        !place.empty() ? std::string(place)
        : city.empty() ? std::string(province)
                       : fmt::format("{}{}{}", province, province.empty() ? "" : "/", city);
    arrival.place = located(place, province, city, arrival.date.year);
    if (arrival.place.known()) {
      places_.try_emplace(arrival.place.value(), name);
      return true;
    }
    add(Severity::Error, row,
        columns_.place  ? columns_.place
        : columns_.city ? columns_.city
                        : columns_.province,
        "unknown-place",
        name.empty() ? Text{"the place is missing", "缺少落户地"}
                     : Text{fmt::format("\"{}\" is not a known region", excerpt(name)),
                            fmt::format("“{}”不是已知的行政区划", excerpt(name))},
        {"write the city, in a municipality the district, by name or code (GB/T 2260)",
         "请写城市（直辖市写区县）的名称或代码（GB/T 2260）"});
    return false;
  }

  // Most rows name few places.
  RegionCode located(std::string_view place, std::string_view province, std::string_view city,
                     int year) {
    const std::string key = fmt::format("{}\n{}\n{}\n{}", place, province, city, year);
    const auto [entry, fresh] = located_.try_emplace(key, RegionCode{});
    if (fresh && !(place.empty() && province.empty() && city.empty())) {
      LocationClues clues;
      clues.region = place;
      clues.province = province;
      clues.district = city;
      clues.year = year;
      entry->second = place_of(locate(clues).region.code);
    }
    return entry->second;
  }

  bool read_firm(std::size_t row, Arrival& arrival) {
    const std::string_view code = words(row, columns_.code);
    const std::string_view parent = words(row, columns_.parent);
    const std::string_view branch = words(row, columns_.branch);
    if (!code.empty()) arrival.firm = finder_.by_code(code);
    if (!arrival.firm && !parent.empty()) {
      const auto [count, firm] = finder_.by_name(parent);
      if (count > 1) return tell_twice(row, parent);
      arrival.firm = firm;
    }
    std::string head;
    if (!arrival.firm && code.empty() && parent.empty() && !branch.empty()) {
      // The whole firm rather than a branch of it.
      const std::string full = normalize_firm_name(branch).full;
      const auto heads = firms_of_branch(full);
      for (auto one = heads.rbegin(); one != heads.rend() && !arrival.firm; ++one) {
        const auto [count, firm] = finder_.by_name(*one);
        if (count > 1) return tell_twice(row, *one);
        arrival.firm = firm;
        head = *one;
      }
    }
    if (arrival.firm) {
      const EntityId entity = graph_.entity(*arrival.firm);
      arrival.home = place_of(graph_.region(entity).code);
      const Date founded = graph_.founded(entity);
      if (founded.known() && arrival.date < founded && arrival.date.year < founded.year) {
        add(Severity::Note, row, columns_.date, "before-founding",
            {fmt::format("it came on {}, before its own registration on {}",
                         arrival.date.to_string(), founded.to_string()),
             fmt::format("落户日期 {} 早于企业自身登记日期 {}", arrival.date.to_string(),
                         founded.to_string())},
            {"the firm was perhaps registered anew; the row counts as history",
             "企业可能曾重新登记；该行仅计入历史"});
      }
      return true;
    }
    if (code.empty() && parent.empty() && head.empty()) {
      add(Severity::Error, row,
          columns_.code     ? columns_.code
          : columns_.parent ? columns_.parent
                            : columns_.branch,
          "no-firm", {"the row does not say which firm came", "没有写明落户企业"},
          {"write the firm's credit code or full name", "请填写企业信用代码或全称"});
      return false;
    }
    arrival.home =
        located({}, words(row, columns_.parent_province), words(row, columns_.parent_city), 0);
    const std::string_view who = !parent.empty() ? parent : !code.empty() ? code : head;
    add(Severity::Note, row, columns_.parent ? columns_.parent : columns_.code, "unknown-firm",
        {fmt::format("the graph has no firm \"{}\"", excerpt(who)),
         fmt::format("图中没有企业“{}”", excerpt(who))},
        {"add it to the graph to have it ranked; here it only tells from where firms come",
         "如需参与排序，请将其加入图；此处仅用于统计来源地"});
    return true;
  }

  bool tell_twice(std::size_t row, std::string_view name) {
    add(Severity::Error, row, columns_.parent ? columns_.parent : columns_.branch, "two-firms",
        {fmt::format("several firms of the graph are called \"{}\"", excerpt(name)),
         fmt::format("图中有多家企业名为“{}”", excerpt(name))},
        {"write the credit code of the one that came", "请写明落户企业的信用代码"});
    return false;
  }

  // Of one firm in one place the first counts; a firm came once.
  void drop_repeats() {
    std::ranges::stable_sort(result_.arrivals, {},
                             [](const Arrival& one) { return std::tuple(one.date, one.row); });
    HashMap<std::uint64_t, bool> seen;
    std::size_t repeated = 0;
    std::erase_if(result_.arrivals, [&](const Arrival& one) {
      if (!one.firm) return false;
      const std::uint64_t key = std::uint64_t{raw(*one.firm)} << 32 | one.place.value();
      if (seen.try_emplace(key, true).second) return false;
      ++repeated;
      return true;
    });
    if (repeated == 0) return;
    Problem problem;
    problem.severity = Severity::Note;
    problem.place.file = table_.file();
    problem.kind = "came-again";
    problem.what = {
        fmt::format("{} rows are of a firm that had come to the place before", repeated),
        fmt::format("{} 行是同一企业在同一地再次落户", repeated)};
    problem.remedy = {"nothing to do; the first counts", "无需处理；以首次为准"};
    result_.problems.push_back(std::move(problem));
  }

  void add(Severity severity, std::size_t row, std::optional<std::size_t> column,
           std::string_view kind, Text what, Text remedy) {
    if (++counts_[std::string(kind)] > kNamed) return;
    Problem problem;
    problem.severity = severity;
    problem.place = column ? table_.place(row, *column) : table_.place(row);
    problem.kind = kind;
    if (column) {
      problem.field = table_.columns()[*column];
      problem.value = words(row, column);
    }
    problem.what = std::move(what);
    problem.remedy = std::move(remedy);
    result_.problems.push_back(std::move(problem));
  }

  void note_more(const std::string& kind, std::size_t more) {
    Problem problem;
    problem.severity = Severity::Note;
    problem.kind = kind;
    problem.place.file = table_.file();
    problem.what = {fmt::format("{} more rows have the same problem ({})", more, kind),
                    fmt::format("另有 {} 行有同样的问题（{}）", more, kind)};
    problem.remedy = {"mend those that are listed first", "请先修正已列出的行"};
    result_.problems.push_back(std::move(problem));
  }

  [[noreturn]] void refuse_empty() const {
    std::string first;
    std::string first_zh;
    if (!result_.problems.empty()) {
      first = "\n  " + result_.problems.front().to_string(Language::En);
      first_zh = "\n  " + result_.problems.front().to_string(Language::Zh);
    }
    throw Error(ErrorCode::InvalidData,
                {fmt::format("{}: no row of it can be used as an arrival{}", table_.file(), first),
                 fmt::format("{}：没有可用的落户记录{}", table_.file(), first_zh)});
  }

  const EnterpriseGraph& graph_;
  const Table& table_;
  Columns columns_;
  FirmFinder finder_;
  ArrivalTable result_;
  std::map<std::uint32_t, std::string> places_;  // by code
  StringMap<RegionCode> located_;
  std::map<std::string, std::size_t> counts_;  // of problems, by kind
};

}  // namespace

ArrivalTable read_arrivals(const std::filesystem::path& path, const EnterpriseGraph& graph,
                           const ArrivalTableOptions& options) {
  const Table table = read_one(path, options);
  return ArrivalReader(graph, table).read();
}

std::vector<PlacePoint> read_place_points(const std::filesystem::path& path,
                                          const ArrivalTableOptions& options) {
  constexpr std::string_view kCode[] = {"code", "region_code", "代码", "行政区划代码"};
  constexpr std::string_view kName[] = {"place", "name", "地区", "名称"};
  constexpr std::string_view kLongitude[] = {"lon", "longitude", "lng", "经度"};
  constexpr std::string_view kLatitude[] = {"lat", "latitude", "纬度"};
  const Table table = read_one(path, options);
  const auto code = find_column(table, kCode);
  const auto longitude = find_column(table, kLongitude);
  const auto latitude = find_column(table, kLatitude);
  const auto name = find_column(table, kName);
  if (!code || !longitude || !latitude) {
    throw Error(ErrorCode::InvalidData, table.header(),
                {"a table of places needs the columns code, lon and lat",
                 "地点表须有 code（代码）、lon（经度）、lat（纬度）三列"},
                {});
  }
  std::vector<PlacePoint> points;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto angle = [&](std::size_t column, double most) {
      const auto value = parse_number(cell_words(table.cell(row, column).text));
      if (value && std::abs(*value) <= most) return *value;
      throw Error(
          ErrorCode::InvalidData, table.place(row, column),
          {fmt::format("\"{}\" is not an angle in degrees", excerpt(table.cell(row, column).text)),
           fmt::format("“{}”不是角度", excerpt(table.cell(row, column).text))},
          {fmt::format("write a number from -{} to {}", most, most),
           fmt::format("请写 -{} 到 {} 之间的数", most, most)});
    };
    const std::string_view words = cell_words(table.cell(row, *code).text);
    const std::string_view called =
        name ? cell_words(table.cell(row, *name).text) : std::string_view();
    auto region = parse_region_code(words);
    if (words.empty() && !called.empty()) {
      // A zone has no code of its own; its name says where it lies.
      LocationClues clues;
      const std::size_t slash = called.find('/');
      clues.province = called.substr(0, slash);
      if (slash != std::string_view::npos) clues.district = called.substr(slash + 1);
      region = locate(clues).region.code;
      if (!region->known()) continue;
    }
    if (!region) {
      throw Error(ErrorCode::InvalidData, table.place(row, *code),
                  {fmt::format("\"{}\" is not a code of a division", excerpt(words)),
                   fmt::format("“{}”不是行政区划代码", excerpt(words))},
                  {"write six digits of GB/T 2260, such as 360100", "请写六位代码，如 360100"});
    }
    const double east = angle(*longitude, 180);
    points.push_back({place_of(*region), std::string(called), east, angle(*latitude, 90)});
  }
  std::ranges::stable_sort(points, {}, &PlacePoint::code);
  const auto same = [](const PlacePoint& a, const PlacePoint& b) { return a.code == b.code; };
  points.erase(std::unique(points.begin(), points.end(), same), points.end());
  return points;
}

}  // namespace liantu

#include "liantu/ingest/cells/factor_table.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/industry.hpp"
#include "tables/cells/cell_words.hpp"

namespace liantu {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::string_view kSegment[] = {"环节", "行业",    "部门",     "产品",
                                         "适用", "segment", "industry", "sector"};
constexpr std::string_view kPer[] = {"按", "依据", "按什么", "per", "basis"};
constexpr std::string_view kFactor[] = {"每单位产值",   "产值系数",     "系数",
                                        "cny_per_unit", "cny per unit", "factor"};
constexpr std::string_view kUnit[] = {"单位", "unit"};
constexpr std::string_view kSource[] = {"来源", "出处", "source"};
constexpr std::string_view kAll[] = {"", "全部", "所有", "all", "*"};

constexpr std::string_view kCapital[] = {"capital", "registered_capital", "注册资本", "注册资金"};
constexpr std::string_view kStaff[] = {"staff", "employees", "从业人数", "员工人数", "人数"};
constexpr std::string_view kRevenue[] = {"revenue", "营业收入", "营收"};
constexpr std::string_view kLand[] = {"land", "用地", "用地面积"};
constexpr std::string_view kEnergy[] = {"energy", "能耗", "综合能耗"};
constexpr std::string_view kNone[] = {"none", "无", "不估", "不估算"};
constexpr std::string_view kFirm[] = {"firm", "firms", "企业", "企业数", "户"};

constexpr std::string_view kYuan[] = {"元", "cny", "yuan"};
constexpr std::string_view kHeads[] = {"人", "person", "head"};
constexpr std::string_view kMu[] = {"亩", "mu"};
constexpr std::string_view kCoal[] = {"吨标准煤", "吨标煤", "tce"};
constexpr std::string_view kOneFirm[] = {"家", "户", "firm"};

struct Counted {
  std::optional<EntityNumber> per;
  Names words;
  Names units;

  std::string_view zh;
};

constexpr std::array<Counted, 6> kCounted = {
    {{EntityNumber::RegisteredCapital, kCapital, kYuan, "注册资本"},
     {EntityNumber::Staff, kStaff, kHeads, "从业人数"},
     {EntityNumber::Revenue, kRevenue, kYuan, "营业收入"},
     {EntityNumber::Land, kLand, kMu, "用地"},
     {EntityNumber::Energy, kEnergy, kCoal, "能耗"},
     {std::nullopt, kFirm, kOneFirm, "企业"}}};

bool among(Names names, std::string_view word) {
  return std::ranges::find(names, word) != names.end();
}

// Half-width, lower case, without blanks around it.
std::string plain(std::string_view words) {
  std::string text(trim(normalize_width(words)));
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// `产值系数(万元/人)` taken apart.
std::pair<std::string, std::string> name_and_unit(std::string_view heading) {
  std::string name = plain(heading);
  const std::size_t open = name.rfind('(');
  if (open == std::string::npos || open == 0 || name.back() != ')') return {name, {}};
  std::string unit = name.substr(open + 1, name.size() - open - 2);
  name.resize(open);
  return {std::string(trim(name)), std::move(unit)};
}

// What money in a unit is multiplied by to be yuan.
std::optional<double> yuan(std::string_view unit) {
  if (among(kYuan, unit)) return 1;
  if (unit == "千元") return 1e3;
  if (unit == "万元") return 1e4;
  if (unit == "亿元") return 1e8;
  return std::nullopt;
}

// What a factor in a unit is multiplied by: `万元/人` for staff 1e4, `元/万元` for capital 1e-4.
std::optional<double> multiplier(const Counted& what, std::string_view unit) {
  const std::size_t slash = unit.find('/');
  const auto above = yuan(trim(unit.substr(0, slash)));
  if (!above || slash == std::string_view::npos) return above;
  const std::string_view below = trim(unit.substr(slash + 1));
  if (among(what.units, below)) return above;
  const auto money = among(what.units, "元") ? yuan(below) : std::nullopt;
  return money ? std::optional(*above / *money) : std::nullopt;
}

class Reader {
 public:
  Reader(const Table& table, const EnterpriseGraph& graph) : table_(table), graph_(graph) {}

  FactorTable run() {
    find_columns();
    refuse_faults();
    for (std::size_t row = 0; row < table_.size(); ++row) read(row);
    for (const Problem& problem : table_.problems()) {
      fault(problem.place, problem.what, problem.remedy);
    }
    if (faults_.empty() && result_.factors.empty()) {
      fault(table_.header(),
            {"no factor can be used: no row names a segment of the graph", "没有可用的产值系数"},
            {"name segments as the graph calls them, or leave the cell empty for all makers",
             "请按图中的环节名称填写，或留空表示全部企业"});
    }
    refuse_faults();
    return std::move(result_);
  }

 private:
  struct Fault {
    InputPlace place;
    Text what;
    Text remedy;
  };

  void fault(const InputPlace& place, Text what, Text remedy) {
    faults_.push_back({place, std::move(what), std::move(remedy)});
  }

  void refuse_faults() const {
    if (faults_.empty()) return;
    constexpr std::size_t kNamed = 20;
    Text said;
    for (std::size_t i = 0; i < std::min(kNamed, faults_.size()); ++i) {
      const Fault& one = faults_[i];
      const std::string place = one.place.to_string();
      said.en += fmt::format("{}{}: {}; {}", i == 0 ? "" : "\n", place, one.what.en, one.remedy.en);
      said.zh += fmt::format("{}{}：{}；{}", i == 0 ? "" : "\n", place, one.what.zh, one.remedy.zh);
    }
    if (faults_.size() > kNamed) {
      const std::size_t more = faults_.size() - kNamed;
      said.en += fmt::format("\n… and {} more", more);
      said.zh += fmt::format("\n…… 另有 {} 处", more);
    }
    throw Error(ErrorCode::InvalidData, std::move(said));
  }

  void find_columns() {
    segment_ = column(kSegment);
    per_ = column(kPer);
    factor_ = column(kFactor);
    unit_ = column(kUnit);
    source_ = column(kSource);
    if (factor_) heading_unit_ = name_and_unit(table_.columns()[*factor_]).second;
    const auto need = [&](const std::optional<std::size_t>& found, std::string_view name,
                          std::string_view key) {
      if (found) return;
      fault(table_.header(),
            {fmt::format("a table of factors needs a column {} ({})", key, name),
             fmt::format("产值系数表缺少“{}”列", name)},
            {"its columns are 环节 (segment), 按 (per), 每单位产值 (cny_per_unit), 来源 (source)",
             "应有的列：环节、按、每单位产值、来源"});
    };
    need(per_, "按", "per");
    need(factor_, "每单位产值", "cny_per_unit");
    need(source_, "来源", "source");
  }

  std::optional<std::size_t> column(Names names) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < table_.columns().size(); ++i) {
      if (!among(names, name_and_unit(table_.columns()[i]).first)) continue;
      if (found) {
        fault(table_.heading(i),
              {fmt::format("the columns \"{}\" and \"{}\" mean the same",
                           excerpt(table_.columns()[*found]), table_.columns()[i]),
               fmt::format("“{}”与“{}”两列含义相同", excerpt(table_.columns()[*found]),
                           excerpt(table_.columns()[i]))},
              {"keep one of them", "请只保留一列"});
      }
      if (!found) found = i;
    }
    return found;
  }

  std::string_view words(std::size_t row, const std::optional<std::size_t>& column) const {
    return column ? cell_words(table_.cell(row, *column).text) : std::string_view();
  }
  InputPlace place(std::size_t row, const std::optional<std::size_t>& column) const {
    return column ? table_.place(row, *column) : table_.place(row);
  }

  void read(std::size_t row) {
    const std::size_t before = faults_.size();
    const std::string per = plain(words(row, per_));
    const bool none = among(kNone, per);
    const auto what =
        std::ranges::find_if(kCounted, [&](const Counted& one) { return among(one.words, per); });
    if (what == kCounted.end() && !none) {
      fault(place(row, per_),
            {fmt::format("outputs cannot be estimated by \"{}\"", excerpt(words(row, per_))),
             fmt::format("不能按“{}”估算产值", excerpt(words(row, per_)))},
            {"write capital, staff, revenue, land, energy or firm, or none to leave outputs "
             "unestimated",
             "请写 注册资本、从业人数、营业收入、用地、能耗 或 企业，不估算则写 无"});
    }
    const auto value = parse_number(words(row, factor_));
    if (none && !words(row, factor_).empty()) {
      fault(
          place(row, factor_),
          {fmt::format("a row that leaves outputs unestimated must have no factor, but has \"{}\"",
                       excerpt(words(row, factor_))),
           fmt::format("不估算的行不应有产值系数“{}”", excerpt(words(row, factor_)))},
          {"leave the cell empty, or say in the column 按 (per) what the factor counts",
           "请留空，或在“按”列写明按什么估算"});
    } else if (!none && (!value || !(*value > 0))) {
      fault(place(row, factor_),
            {fmt::format("the factor \"{}\" is not a number above 0", excerpt(words(row, factor_))),
             fmt::format("产值系数“{}”不是大于 0 的数", excerpt(words(row, factor_)))},
            {"write the yuan of output a year for one unit, a plain number; a unit stands in the "
             "column 单位 (unit)",
             "请写每单位的年产值，只写数字；单位写在“单位”列"});
    }
    if (words(row, source_).empty()) {
      fault(place(row, source_), {"the factor has no source", "产值系数没有来源"},
            {"say where it is from, such as a yearbook and its table, or that it is an assumption "
             "of yours",
             "请注明出处（如年鉴及表号），或写明是自己的假设"});
    }
    const auto segment = find_segment(row);
    if (what == kCounted.end() && !none) return;
    const auto times = none ? 0 : find_multiplier(row, *what);
    if (faults_.size() > before || !segment.known) return;
    const OutputFactor factor{segment.id, none ? std::nullopt : what->per,
                              none ? 0 : *value * times, std::string(words(row, source_))};
    const auto again = std::ranges::find_if(result_.factors, [&](const OutputFactor& other) {
      if (other.segment != factor.segment) return false;
      return none || other.cny_per_unit == 0 || other.per == factor.per;
    });
    if (again != result_.factors.end()) {
      fault(place(row, factor_),
            {fmt::format("a second factor for the same segment and {}",
                         none ? "none" : what->words.front()),
             fmt::format("同一环节按{}的产值系数重复", none ? "无" : what->zh)},
            {"keep one of them", "请只保留一个"});
      return;
    }
    result_.factors.push_back(factor);
  }

  double find_multiplier(std::size_t row, const Counted& what) {
    std::string unit = plain(words(row, unit_));
    if (unit.empty()) unit = heading_unit_;
    const auto times = unit.empty() ? std::optional(1.0) : multiplier(what, unit);
    if (!times) {
      fault(place(row, unit_),
            {fmt::format("the unit \"{}\" does not fit a factor by {}", excerpt(unit),
                         what.words.front()),
             fmt::format("单位“{}”与按{}的产值系数不符", excerpt(unit), what.zh)},
            {fmt::format("write 元/{0}, 万元/{0} or nothing for yuan", what.units.front()),
             fmt::format("请写 元/{0}、万元/{0}，不写则为元", what.units.front())});
      return 1;
    }
    const bool twice = !heading_unit_.empty() && unit != heading_unit_;
    const auto [first, fresh] = units_.try_emplace(what.words.front(), unit);
    if (twice || (!fresh && first->second != unit)) {
      const std::string& other = twice ? heading_unit_ : first->second;
      const auto said = [](const std::string& words, const char* none) {
        return words.empty() ? std::string(none) : words;
      };
      fault(place(row, unit_),
            {fmt::format("mixed units: \"{}\" here and \"{}\" before", said(unit, "none"),
                         said(other, "none")),
             fmt::format("单位不一致：此处为“{}”，前面为“{}”", said(unit, "未写"),
                         said(other, "未写"))},
            {"convert the factors to one unit", "请换算为同一单位"});
    }
    return *times;
  }

  struct Found {
    bool known = false;
    std::optional<SegmentId> id;  // empty for all makers
  };

  Found find_segment(std::size_t row) {
    const std::string_view name = words(row, segment_);
    if (among(kAll, plain(name))) return {true, std::nullopt};
    std::vector<EntityId> found = graph_.find(EntityKind::Segment, name);
    const Industry* industry = found.empty() ? read_industry(name) : nullptr;
    if (industry != nullptr) found = graph_.find(EntityKind::Segment, industry->name);
    if (industry != nullptr && found.empty()) {
      found = graph_.find(EntityKind::Segment, industry->code);
    }
    if (found.size() == 1) return {true, SegmentId{graph_.local(found.front())}};
    if (found.empty()) {
      result_.problems.push_back(
          {Severity::Note,
           place(row, segment_),
           "unknown-segment",
           table_.columns()[*segment_],
           std::string(name),
           {fmt::format("no segment of the graph is called \"{}\"; its factor is not used",
                        excerpt(name)),
            fmt::format("图中没有名为“{}”的环节，其产值系数未采用", excerpt(name))},
           {"name it as the graph does, if firms make it", "如有企业主营，请按图中名称填写"}});
      return {};
    }
    fault(place(row, segment_),
          {fmt::format("\"{}\" fits {} segments", excerpt(name), found.size()),
           fmt::format("“{}”对应 {} 个环节", excerpt(name), found.size())},
          {"write the code", "请写代码"});
    return {};
  }

  const Table& table_;
  const EnterpriseGraph& graph_;
  std::optional<std::size_t> segment_;
  std::optional<std::size_t> per_;
  std::optional<std::size_t> factor_;
  std::optional<std::size_t> unit_;
  std::optional<std::size_t> source_;
  std::string heading_unit_;
  std::map<std::string_view, std::string> units_;  // by what is counted
  std::vector<Fault> faults_;
  FactorTable result_;
};

}  // namespace

FactorTable read_factor_table(const Table& table, const EnterpriseGraph& graph) {
  return Reader(table, graph).run();
}

}  // namespace liantu

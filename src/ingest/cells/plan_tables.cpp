#include "liantu/ingest/cells/plan_tables.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/ingest/cells/fields.hpp"
#include "tables/cells/cell_words.hpp"

namespace liantu {
namespace {

using Names = std::span<const std::string_view>;

constexpr double kMost = 1e18;  // of any figure, so that sums of them stay numbers

struct Range {
  double least = 0;
  double most = 0;  // kMost when 0
  bool zero = true;
};

// What a column of numbers may hold, and in which unit it is counted.
struct NumberColumn {
  Names names;
  std::string_view key;
  FieldType type = FieldType::Number;
  std::string_view unit;
  Range range;
};

constexpr std::string_view kSite[] = {"地块", "地块名称", "宗地", "宗地名称", "地块编号",
                                      "名称", "site",     "plot", "name"};
constexpr std::string_view kFirm[] = {"企业",   "企业名称", "项目", "项目名称",
                                      "投资方", "firm",     "name", "project"};
constexpr std::string_view kLand[] = {"用地",     "用地面积", "土地面积", "面积",   "可用面积",
                                      "出让面积", "用地需求", "land",     "land_mu"};
constexpr std::string_view kPlotRatio[] = {"容积率", "规划容积率", "plot_ratio", "far"};
constexpr std::string_view kBuildingShare[] = {"建筑系数", "建筑密度", "building_share"};
constexpr std::string_view kUse[] = {"用地性质", "用地类型", "土地用途", "用途", "use"};
constexpr std::string_view kNeighbours[] = {"相邻地块", "相邻", "邻近地块", "neighbours",
                                            "neighbors"};
constexpr std::string_view kEnergy[] = {"能耗指标",   "能耗",   "综合能耗",
                                        "年综合能耗", "energy", "energy_tce"};
constexpr std::string_view kEmission[] = {"排放指标",   "排放",     "排放量",
                                          "污染物排放", "emission", "emission_t"};
constexpr std::string_view kPhase[] = {"期", "分期", "供地批次", "批次", "phase"};
constexpr std::string_view kFloor[] = {"建筑面积", "厂房面积", "厂房需求", "floor_space",
                                       "floor_m2"};
constexpr std::string_view kGround[] = {"基底面积", "建筑基底面积", "ground", "ground_m2"};
constexpr std::string_view kKind[] = {"类别", "产业类别", "项目类别", "kind"};
constexpr std::string_view kInvestment[] = {"投资额", "总投资", "计划投资", "investment"};
constexpr std::string_view kCost[] = {"财政投入", "区级投入", "扶持资金", "cost"};
constexpr std::string_view kOutput[] = {"产值", "年产值", "预计产值", "达产产值", "output"};
constexpr std::string_view kTax[] = {"税收", "年税收", "预计税收", "达产税收", "纳税额", "tax"};
constexpr std::string_view kJobs[] = {"就业", "就业人数", "从业人数", "用工", "jobs", "staff"};
constexpr std::string_view kProbability[] = {"落地概率", "概率", "probability"};

constexpr NumberColumn kLandColumn{kLand, "land", FieldType::Number, "亩", {0, 0, false}};
constexpr NumberColumn kRatioColumn{kPlotRatio, "plot_ratio", FieldType::Number, "", {0, 0, false}};
constexpr NumberColumn kShareColumn{
    kBuildingShare, "building_share", FieldType::Share, "", {0, 1, false}};
constexpr NumberColumn kEnergyColumn{kEnergy, "energy", FieldType::Number, "吨标准煤", {}};
constexpr NumberColumn kEmissionColumn{kEmission, "emission", FieldType::Number, "吨", {}};
constexpr NumberColumn kPhaseColumn{kPhase, "phase", FieldType::Number, "", {1, 99, true}};
constexpr NumberColumn kFloorColumn{kFloor, "floor_space", FieldType::Number, "平方米", {}};
constexpr NumberColumn kGroundColumn{kGround, "ground", FieldType::Number, "平方米", {}};
constexpr NumberColumn kInvestmentColumn{kInvestment, "investment", FieldType::Money, "", {}};
constexpr NumberColumn kCostColumn{kCost, "cost", FieldType::Money, "", {}};
constexpr NumberColumn kOutputColumn{kOutput, "output", FieldType::Money, "", {}};
constexpr NumberColumn kTaxColumn{kTax, "tax", FieldType::Money, "", {}};
constexpr NumberColumn kJobsColumn{kJobs, "jobs", FieldType::Number, "人", {}};
constexpr NumberColumn kProbabilityColumn{
    kProbability, "probability", FieldType::Share, "", {0, 1, true}};

class Reader {
 public:
  explicit Reader(const Table& table) : table_(table) {
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      Heading heading = read_heading(table.columns()[i]);
      const HeadingYear year = read_heading_year(heading.name);
      if (year.year != 0) heading.name = year.name;
      headings_.push_back(std::move(heading));
      read_.push_back(false);
    }
  }

  std::size_t size() const { return table_.size(); }
  InputPlace place(std::size_t row) const { return table_.place(row); }

  std::string_view words(std::size_t row, Names names) {
    const auto column = find(names);
    return column ? cell_words(table_.cell(row, *column).text) : std::string_view();
  }

  // A name that the row must have, once in the table.
  std::string_view name(std::size_t row, Names names) {
    const std::string_view found = words(row, names);
    const InputPlace at = table_.place(row, *find(names));
    if (found.empty()) {
      fault(at, {"the name is missing", "缺少名称"}, {"write it", "请填写"});
    } else if (!names_.insert(std::string(found)).second) {
      fault(at,
            {fmt::format("\"{}\" stands twice", excerpt(found)),
             fmt::format("“{}”重复", excerpt(found))},
            {"keep one row", "请只保留一行"});
    }
    return found;
  }

  void need(Names names) {
    if (find(names)) return;
    fault(table_.header(),
          {fmt::format("the table needs a column {} ({})", names.back(), names.front()),
           fmt::format("缺少“{}”列", names.front())},
          {"add it", "请补上该列"});
  }

  std::vector<std::string> list(std::size_t row, Names names) {
    std::vector<std::string> found;
    std::string part;
    const std::string text = normalize_width(words(row, names)) + ";";
    for (std::size_t i = 0; i < text.size();) {
      const bool comma = text.compare(i, std::string_view("、").size(), "、") == 0;
      if (comma || text[i] == ';' || text[i] == '|') {
        const std::string_view one = trim(part);
        if (!one.empty()) found.emplace_back(one);
        part.clear();
        i += comma ? std::string_view("、").size() : 1;
      } else {
        part += text[i++];
      }
    }
    return found;
  }

  std::optional<double> number(std::size_t row, const NumberColumn& what) {
    const auto column = find(what.names);
    if (!column) return std::nullopt;
    const std::string_view cell = cell_words(table_.cell(row, *column).text);
    if (cell.empty()) return std::nullopt;
    const InputPlace at = table_.place(row, *column);
    const auto value = parse_number(cell);
    if (!value) {
      fault(at,
            {fmt::format("\"{}\" is not a number", excerpt(cell)),
             fmt::format("“{}”不是数字", excerpt(cell))},
            {"write a plain number; its unit stands in the heading, such as 税收(万元)",
             "请只写数字；单位写在列名中，如 税收(万元)"});
      return std::nullopt;
    }
    const double scaled = *value * multiplier(*column, what);
    const auto& [least, most, zero] = what.range;
    const double bound = most == 0 ? kMost : most;
    const bool inside = scaled >= least && scaled <= bound && (zero || scaled > 0);
    if (!inside) {
      const std::string range = most > 0 || scaled > bound
                                    ? fmt::format("{}{}–{}", zero ? "" : "> ", least, bound)
                                : zero ? std::string("≥ 0")
                                       : std::string("> 0");
      fault(at,
            {fmt::format("{} is {} and must be {}", what.key, excerpt(cell), range),
             fmt::format("“{}”填为 {}，应为 {}", what.names.front(), excerpt(cell), range)},
            {"mend it, or leave the cell empty where it is not known", "请更正；未知则留空"});
      return std::nullopt;
    }
    return scaled;
  }

  std::optional<int> phase(std::size_t row) {
    const auto value = number(row, kPhaseColumn);
    return value ? std::optional(static_cast<int>(std::lround(*value))) : std::nullopt;
  }

  void fault(const InputPlace& at, Text what, Text remedy) {
    faults_.push_back({at, std::move(what), std::move(remedy)});
  }

  // Throws where anything was wrong.
  std::vector<Problem> finish(std::size_t rows) {
    for (const Problem& problem : table_.problems())
      fault(problem.place, problem.what, problem.remedy);
    if (faults_.empty() && rows == 0) {
      fault(table_.header(), {"the table has no row", "表中没有数据行"}, {"fill it in", "请填写"});
    }
    refuse_faults();
    std::vector<Problem> notes;
    for (std::size_t i = 0; i < headings_.size(); ++i) {
      if (read_[i] || table_.columns()[i].empty() || headings_[i].name == "来源" ||
          headings_[i].name == "备注")
        continue;
      notes.push_back(
          {Severity::Note,
           table_.heading(i),
           "column-unread",
           table_.columns()[i],
           {},
           {fmt::format("the column \"{}\" is not read", excerpt(table_.columns()[i])),
            fmt::format("“{}”列未采用", excerpt(table_.columns()[i]))},
           {"name it as docs/land.md lists", "如需采用，请按 docs/land.md 的列名填写"}});
    }
    return notes;
  }

  void refuse_faults() const {
    if (faults_.empty()) return;
    constexpr std::size_t kNamed = 20;
    Text said;
    for (std::size_t i = 0; i < std::min(kNamed, faults_.size()); ++i) {
      const Fault& one = faults_[i];
      const std::string at = one.place.to_string();
      said.en += fmt::format("{}{}: {}; {}", i == 0 ? "" : "\n", at, one.what.en, one.remedy.en);
      said.zh += fmt::format("{}{}：{}；{}", i == 0 ? "" : "\n", at, one.what.zh, one.remedy.zh);
    }
    if (faults_.size() > kNamed) {
      said.en += fmt::format("\n… and {} more", faults_.size() - kNamed);
      said.zh += fmt::format("\n…… 另有 {} 处", faults_.size() - kNamed);
    }
    throw Error(ErrorCode::InvalidData, std::move(said));
  }

 private:
  struct Fault {
    InputPlace place;
    Text what;
    Text remedy;
  };

  std::optional<std::size_t> find(Names names) {
    // The first of the names that any column has.
    for (const std::string_view name : names) {
      for (std::size_t i = 0; i < headings_.size(); ++i) {
        if (headings_[i].name != name) continue;
        read_[i] = true;
        return i;
      }
    }
    return std::nullopt;
  }

  double multiplier(std::size_t column, const NumberColumn& what) {
    const std::string& stated = headings_[column].unit;
    const std::string unit =
        stated.empty() && what.type == FieldType::Money ? table_.unit() : stated;
    if (unit.empty()) return 1;
    const Field field{what.key, what.type, false, {}, {}, what.unit};
    if (const auto factor = unit_factor(field, unit)) return *factor;
    if (told_.insert(column).second) {
      fault(table_.heading(column),
            {fmt::format("the unit \"{}\" does not fit this column", excerpt(unit)),
             fmt::format("单位“{}”与此列不符", excerpt(unit))},
            {"correct the unit", "请更正单位"});
    }
    return 1;
  }

  const Table& table_;
  std::vector<Heading> headings_;
  std::vector<bool> read_;
  std::set<std::string> names_;
  std::set<std::size_t> told_;
  std::vector<Fault> faults_;
};

}  // namespace

PlanTable<SiteRow> read_site_table(const Table& table) {
  Reader reader(table);
  reader.need(kSite);
  reader.need(kLand);
  reader.refuse_faults();
  PlanTable<SiteRow> found;
  for (std::size_t row = 0; row < reader.size(); ++row) {
    SiteRow site;
    site.name = reader.name(row, kSite);
    site.place = reader.place(row);
    site.land_mu = reader.number(row, kLandColumn);
    if (!site.land_mu && reader.words(row, kLand).empty()) {
      reader.fault(site.place, {"the plot has no area", "该地块没有面积"},
                   {"write its area in mu", "请填写面积（亩）"});
    }
    site.plot_ratio = reader.number(row, kRatioColumn);
    site.building_share = reader.number(row, kShareColumn);
    site.use = reader.words(row, kUse);
    site.neighbours = reader.list(row, kNeighbours);
    site.energy_tce = reader.number(row, kEnergyColumn);
    site.emission_t = reader.number(row, kEmissionColumn);
    site.phase = reader.phase(row);
    found.rows.push_back(std::move(site));
  }
  found.problems = reader.finish(found.rows.size());
  return found;
}

PlanTable<ProjectRow> read_project_table(const Table& table) {
  Reader reader(table);
  reader.need(kFirm);
  reader.refuse_faults();
  PlanTable<ProjectRow> found;
  for (std::size_t row = 0; row < reader.size(); ++row) {
    ProjectRow project;
    project.firm = reader.name(row, kFirm);
    project.place = reader.place(row);
    project.land_mu = reader.number(row, kLandColumn);
    project.floor_m2 = reader.number(row, kFloorColumn);
    project.ground_m2 = reader.number(row, kGroundColumn);
    project.use = reader.words(row, kUse);
    project.kind = reader.words(row, kKind);
    project.energy_tce = reader.number(row, kEnergyColumn);
    project.emission_t = reader.number(row, kEmissionColumn);
    project.investment_cny = reader.number(row, kInvestmentColumn);
    project.cost_cny = reader.number(row, kCostColumn);
    project.output_cny = reader.number(row, kOutputColumn);
    project.tax_cny = reader.number(row, kTaxColumn);
    project.jobs = reader.number(row, kJobsColumn);
    project.probability = reader.number(row, kProbabilityColumn);
    project.phase = reader.phase(row);
    found.rows.push_back(std::move(project));
  }
  found.problems = reader.finish(found.rows.size());
  return found;
}

}  // namespace liantu

#include "liantu/report/gaps/direction_sheet.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "report/formats/column.hpp"
#include "report/words/cells.hpp"
#include "report/words/names.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr std::size_t kBriefNames = 3;
constexpr std::size_t kFullNames = 50;

// Counts of a few dozen regions tell no more digits.
auto density(double Direction::*figure) {
  return [figure](const Direction& row) { return std::round(row.*figure * 1000) / 1000; };
}

}  // namespace

Sheet direction_sheet(const EnterpriseGraph& graph, const Directions& directions,
                      const SheetOptions& options) {
  const bool regions = directions.unit == RelatednessUnit::Regions;
  const auto name = [&](SegmentId segment) {
    return valid_utf8(graph.name(graph.entity(segment)));
  };
  const auto list = [&](const std::vector<std::string>& names) {
    return words(join_names(names, options.brief ? kBriefNames : kFullNames, Counter::Things,
                            options.language));
  };
  std::vector<Direction> rows = directions.directions;
  if (options.most > 0 && rows.size() > options.most) rows.resize(options.most);
  using Col = Column<Direction>;
  using Row = const Direction&;
  Sheet sheet = sheet_of<Direction>(
      {Col("rank", {"#", "序号"}, CellKind::Number, kFull | kLead,
           [&](Row row) { return count(static_cast<std::size_t>(&row - rows.data()) + 1); }),
       Col("segment", {"segment", "环节"}, CellKind::Text, kFull | kLead,
           [&](Row row) { return name(row.segment); }),
       Col("density", {"relatedness density, 0–1", "关联密度（0–1）"}, CellKind::Number, kFull,
           density(&Direction::density)),
       Col("density_low", {"95 % low", "95% 下限"}, CellKind::Number, kFull,
           density(&Direction::density_low)),
       Col("density_high", {"95 % high", "95% 上限"}, CellKind::Number, kFull,
           density(&Direction::density_high)),
       Col("makers", {"makers anywhere, firms", "各地生产企业（家）"}, CellKind::Number, kFull,
           [](Row row) { return count(row.makers); }),
       Col("units",
           regions ? Text{"made in, districts", "生产区县（个）"}
                   : Text{"made by, firms", "生产企业（家）"},
           CellKind::Number, kFull, [](Row row) { return count(row.units); }),
       Col("related", {"most akin local segments", "最相近的本地环节"}, CellKind::Text, kFull,
           [&](Row row) { return list(all_words(row.related, name)); }),
       Col("forward", {"local products that go into it", "可投入的本地产品"}, CellKind::Text, kFull,
           [&](Row row) {
             return list(all_words(row.forward,
                                   [&](const ForwardLink& link) { return name(link.product); }));
           })},
      kFull, rows);
  sheet.title = {"Directions to extend the chains", "延链方向"};
  if (directions.refused) {
    sheet.notes.push_back(*directions.refused);
    return sheet;
  }
  sheet.notes.push_back(
      shown_of({"directions", "方向"}, sheet.rows.size(), directions.directions.size(), "个"));
  sheet.notes.push_back(
      {fmt::format(
           "akin: made together, over {} {} and {} segments; it says what resembles what is "
           "made here, not what will come",
           directions.units, regions ? "districts" : "firms", directions.segments),
       fmt::format(
           "相近：按 {} {}、{} 个环节的共同生产计算；只说明与本地已有产品相近，不预示必然发展",
           directions.units, regions ? "个区县" : "家企业", directions.segments)});
  sheet.notes.push_back(
      {"order: by the lower end of the 95 % interval, then by density; an interval from about 0 to "
       "1 says that too few makers are known to tell",
       "排序：先按 95% 区间下限，再按关联密度；区间接近 0 至 1 表示已知生产企业太少，尚难判断"});
  if (directions.narrow > 0) {
    sheet.notes.push_back({fmt::format("left out, as too few {} make them: {}",
                                       regions ? "districts" : "firms", directions.narrow),
                           fmt::format("另有 {} 个环节生产{}过少，未列入", directions.narrow,
                                       regions ? "区县" : "企业")});
  }
  return sheet;
}

}  // namespace liantu

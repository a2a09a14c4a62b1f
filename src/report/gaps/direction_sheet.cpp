#include "liantu/report/gaps/direction_sheet.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "report/words/words.hpp"

namespace liantu {
namespace {

constexpr std::size_t kBrief = 3;
constexpr std::size_t kFull = 50;

// Counts of a few dozen regions tell no more digits.
SheetCell density(double value) { return std::round(value * 1000) / 1000; }

}  // namespace

Sheet direction_sheet(const EnterpriseGraph& graph, const Directions& directions,
                      const SheetOptions& options) {
  const bool regions = directions.unit == RelatednessUnit::Regions;
  Sheet sheet;
  sheet.title = {"Directions to extend the chains", "延链方向"};
  sheet.columns = {
      {"rank", {"#", "序号"}, CellKind::Number, true},
      {"segment", {"segment", "环节"}, CellKind::Text, true},
      {"density", {"relatedness density, 0–1", "关联密度（0–1）"}, CellKind::Number},
      {"density_low", {"95 % low", "95% 下限"}, CellKind::Number},
      {"density_high", {"95 % high", "95% 上限"}, CellKind::Number},
      {"makers", {"makers anywhere, firms", "各地生产企业（家）"}, CellKind::Number},
      {"units",
       regions ? Text{"made in, districts", "生产区县（个）"}
               : Text{"made by, firms", "生产企业（家）"},
       CellKind::Number},
      {"related", {"most akin local segments", "最相近的本地环节"}, CellKind::Text},
      {"forward", {"local products that go into it", "可投入的本地产品"}, CellKind::Text}};
  const auto name = [&](SegmentId segment) {
    return valid_utf8(graph.name(graph.entity(segment)));
  };
  const auto list = [&](const std::vector<std::string>& names) -> SheetCell {
    if (names.empty()) return std::monostate{};
    return join_names(names, options.brief ? kBrief : kFull, Counter::Things, options.language);
  };
  for (const Direction& one : directions.directions) {
    if (options.most > 0 && sheet.rows.size() == options.most) break;
    std::vector<std::string> related;
    for (const SegmentId segment : one.related) related.push_back(name(segment));
    std::vector<std::string> forward;
    for (const ForwardLink& link : one.forward) forward.push_back(name(link.product));
    sheet.rows.push_back({static_cast<double>(sheet.rows.size() + 1), name(one.segment),
                          density(one.density), density(one.density_low), density(one.density_high),
                          static_cast<double>(one.makers), static_cast<double>(one.units),
                          list(related), list(forward)});
  }
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

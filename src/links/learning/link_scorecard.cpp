#include "liantu/links/learning/link_scorecard.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/links/learning/pair_features.hpp"

namespace liantu {

LinkScorecard default_link_scorecard() {
  return {{{"l3_share", 25},
           {"directed_l3_share", 25},
           {"directed_l5_share", 10},
           {"pagerank_share", 15},
           {"complement_share", 10},
           {"candidate_group_share", 10},
           {"source_group_share", 5}}};
}

void check_link_scorecard(const LinkScorecard& scorecard) {
  std::vector<std::string> seen;
  for (const LinkPoints& line : scorecard.points) {
    const auto place = pair_feature(line.feature);
    const bool usable = place && pair_features()[*place].unit == "share";
    if (!usable) {
      std::string known;
      for (const PairFeature& feature : pair_features()) {
        if (feature.unit == "share") known += (known.empty() ? "" : ", ") + feature.name;
      }
      throw Error(ErrorCode::InvalidArgument,
                  {fmt::format("`{}` is not a feature that earns points; those are {}",
                               line.feature, known),
                   fmt::format("“{}”不是可计分的特征；可用的有：{}", line.feature, known)});
    }
    if (std::find(seen.begin(), seen.end(), line.feature) != seen.end()) {
      throw Error(ErrorCode::InvalidArgument,
                  {fmt::format("`{}` stands twice; name it once", line.feature),
                   fmt::format("“{}”出现两次；请只写一次", line.feature)});
    }
    seen.push_back(line.feature);
    if (!(line.points > 0) || !std::isfinite(line.points)) {
      throw Error(ErrorCode::InvalidArgument,
                  {fmt::format("the points of `{}` must be a number above 0", line.feature),
                   fmt::format("“{}”的分值必须大于 0", line.feature)});
    }
  }
}

std::vector<double> link_points(const LinkScorecard& scorecard, std::span<const float> values) {
  std::vector<double> earned;
  for (const LinkPoints& line : scorecard.points) {
    const float value = values[pair_feature(line.feature).value()];
    earned.push_back(std::isnan(value) ? 0 : line.points * static_cast<double>(value));
  }
  return earned;
}

}  // namespace liantu

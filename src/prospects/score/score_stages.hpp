#pragma once

#include <array>
#include <stop_token>
#include <utility>
#include <vector>

#include "liantu/prospects/arrivals/place_propensity.hpp"
#include "prospects/fillings/fillings.hpp"
#include "prospects/score/assessment.hpp"
#include "prospects/score/gap_worth.hpp"
#include "prospects/score/needed_purchases.hpp"
#include "prospects/score/proximity.hpp"
#include "prospects/score/sales.hpp"
#include "prospects/score/served_anchors.hpp"

namespace liantu {

/// What the parts of the score are reckoned from, each with those before it.
struct ScoreStages {
  const ProspectGround& ground;
  const GapReport& report;
  const Policy& policy;
  const PlacePropensity* coming;  ///< null where no arrivals are given
  std::stop_token stop;           ///< looked at while the stages are made
  const std::array<double, kPartCount> weights = part_weights(policy, coming != nullptr);
  const FirmPlaces places{ground, report.district, report.by_size, stop};
  const ScoredGaps gaps{ground, report};
  const Screening screening{ground, policy, gaps};
  const MainBusiness business{ground, report, policy, gaps};
  const LikeCustomers like{ground, report, places, gaps};
  const Fillings fillings{ground, places, gaps, screening, business, like};
  const ServedAnchors anchors{ground.graph, report, gaps};
  const GapWorth worth{report, gaps, business, like, anchors};
  const Sales sales{ground, gaps, business};
  const Proximity proximity{ground,
                            places,
                            report.anchors.firms,
                            policy,
                            [this] { return needed_purchases(ground, report, gaps); },
                            stop};
};

/// What the stages keep of the firm at hand, and the memory they work in.
struct ScoreScratch {
  Assessment result;
  Fillings::Scratch filled;
  Sales::Scratch sales;
  TargetWays::Scratch ways;
  std::vector<std::uint32_t> gaps;                    // that it fills, ascending, each once
  std::vector<std::pair<double, FilledGap>> weighed;  // with what it is worth to fill it
};

}  // namespace liantu

#include "liantu/prospects/prospects.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <tbb/task_arena.h>
#include <utility>

#include <fmt/format.h>

#include "base/run/stopping.hpp"
#include "graph/views/told_order.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/chain/economy/newcomer.hpp"
#include "prospects/firms/stopped.hpp"
#include "prospects/list_totals.hpp"
#include "prospects/ranking/firm_scores.hpp"
#include "prospects/ranking/row_choice.hpp"
#include "prospects/ranking/row_writer.hpp"
#include "prospects/reasons.hpp"
#include "prospects/weight_draws.hpp"

namespace liantu {
namespace {

constexpr std::size_t kMostRanks = std::numeric_limits<std::uint32_t>::max();

void check_options(const ProspectOptions& options) {
  check_policy(options.policy);
  if (options.draws > kMostDraws) {
    throw Error(ErrorCode::InvalidArgument,
                {fmt::format("{} draws of the weights are more than {}", options.draws, kMostDraws),
                 fmt::format("权重抽样次数 {} 超过 {}", options.draws, kMostDraws)});
  }
  if (options.draws_top == 0) {
    throw Error(ErrorCode::InvalidArgument,
                {"the share of draws in the first 0 ranks is asked for; ask for 1 or more",
                 "求前 0 名的抽样占比；请至少求前 1 名"});
  }
  if (options.evidence >= 1 && options.evidence <= 1000) return;
  throw Error(ErrorCode::InvalidArgument,
              {fmt::format("{} evidence rows a prospect are outside 1..1000", options.evidence),
               fmt::format("每家企业的证据条数 {} 不在 1 到 1000 之间", options.evidence)});
}

}  // namespace

struct ProspectRanker::Body {
  Body(const EnterpriseGraph& graph, unsigned threads)
      : ground(graph),
        arena(threads == 0 ? tbb::task_arena::automatic : static_cast<int>(threads)) {}

  ProspectGround ground;
  mutable tbb::task_arena arena;
};

namespace {

/// One call of ProspectRanker::rank().
class Ranking {
 public:
  Ranking(const ProspectGround& ground, tbb::task_arena& arena, const GapReport& report,
          const ProspectOptions& options)
      : graph_(ground.graph), options_(options), question_(options), threads_(arena, options) {
    threads_.run([&] {
      assessor_.emplace(ground, report, options.policy, options.coming.get(), options.stop);
    });
    writer_.emplace(*assessor_, question_);
    reasons_.emplace(assessor_->stages(), options.evidence);
  }

  ProspectList list() {
    ProspectList list;
    list.policy = options_.policy;
    list.arrivals = options_.coming != nullptr;
    if (options_.coming) list.may_come = options_.coming->firms();
    list.draws = options_.draws;
    list.seed = options_.seed;
    list.draws_top = options_.draws_top;
    if (options_.learned.model) list.learned = judge_ranker(graph_, options_.learned);
    scores_.emplace(*assessor_, question_, threads_);
    list.prospect_count = scores_->of(ProspectStatus::Prospect).size();
    list.unlocated_count = scores_->of(ProspectStatus::Unlocated).size();
    list.expansion_count = scores_->of(ProspectStatus::Expansion).size();
    list.prospects = rows(ProspectStatus::Prospect);
    list.unlocated = rows(ProspectStatus::Unlocated);
    list.expansions = rows(ProspectStatus::Expansion);
    list.screened = screened();
    list.screened_by = scores_->screened_by();
    see_what_parts(list);
    const ScoreStages& stages = assessor_->stages();
    add_up(list, stages.gaps, options_.stop);
    if (options_.reasons != ReasonsOf::Nobody) {
      look_elsewhere(list, stages.ground, stages.report, options_.stop);
    }
    if (list.learned && list.learned->used) {
      for (std::vector<Prospect>* some : {&list.prospects, &list.unlocated, &list.expansions}) {
        add_links(*some);
      }
    }
    return list;
  }

 private:
  static constexpr std::size_t kFilledAtOnce = 64;
  static constexpr std::size_t kToldAtOnce =
      4;  // a row with its reasons takes a hundred times as long

  std::vector<Prospect> rows(ProspectStatus status) {
    scores_->add_ways(status);
    const std::vector<ScoredFirm>& firms = scores_->of(status);
    RankOrder order(firms, [&](FirmId a, FirmId b) { return told_before(graph_, a, b); });
    const std::vector<std::uint32_t> chosen =
        choose_rows(*scores_, status, question_, order, threads_);
    std::vector<Prospect> rows(chosen.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (i % 1024 == 0) threads_.look();
      rows[i].firm = firms[chosen[i]].firm;
      rows[i].rank = order.rank(chosen[i]);
      rows[i].rank_best = order.best_rank(chosen[i]);
      rows[i].rank_worst = order.worst_rank(chosen[i]);
      rows[i].alike = order.alike(chosen[i]);
    }
    draw(status, chosen, rows);
    const auto write = [&](std::size_t i, Assessor::Scratch& scratch) {
      writer_->fill(rows[i], scratch);
      if (options_.lift_into > 0) {
        rows[i].lift = writer_->lift(rows[i],
                                     order.cents_for(static_cast<std::uint32_t>(
                                         std::min<std::size_t>(options_.lift_into, kMostRanks))),
                                     scratch);
      }
      if (options_.reasons == ReasonsOf::Rows) {
        reasons_->tell(rows[i], scratch.result.reach, scratch.ways);
      }
    };
    threads_.for_each("explain", rows.size(), kToldAtOnce, write);
    return rows;
  }

  // Where the chosen firms stand when the weights are drawn anew.
  void draw(ProspectStatus status, const std::vector<std::uint32_t>& chosen,
            std::vector<Prospect>& rows) {
    if (options_.draws == 0 || rows.empty()) return;
    std::vector<WeightDraws> drawn;
    Policy policy = options_.policy;
    const std::array<double, kPartCount>& weights = assessor_->stages().weights;
    policy.weights.assign(weights.begin(), weights.end());
    threads_.run([&] {
      drawn = draw_weights(
          policy, {options_.draws, options_.seed, options_.draws_top}, scores_->parts(status),
          chosen, [&] { threads_.look(); },
          [&](std::size_t done, std::size_t all) {
            if (options_.progress) options_.progress("draw", done, all);
          });
    });
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].draws = drawn[i];
  }

  std::vector<Prospect> screened() {
    std::vector<FirmId> firms;
    for (const ScoredFirm& one : scores_->of(ProspectStatus::Screened)) {
      if (options_.firms.empty() || question_.names(one.firm)) firms.push_back(one.firm);
    }
    std::ranges::sort(firms, [&](FirmId a, FirmId b) { return told_before(graph_, a, b); });
    std::vector<Prospect> rows(firms.size());
    for (std::size_t i = 0; i < firms.size(); ++i) rows[i].firm = firms[i];
    threads_.for_each(
        "explain", rows.size(), kFilledAtOnce,
        [&](std::size_t i, Assessor::Scratch& scratch) { writer_->fill(rows[i], scratch); });
    return rows;
  }

  void add_links(std::vector<Prospect>& rows) const {
    std::vector<LinkWish> wishes;
    for (const Prospect& prospect : rows) {
      wishes.push_back({prospect.firm, prospect.anchors});
      std::erase_if(wishes.back().anchors,
                    [&](FirmId anchor) { return is_newcomer(graph_, anchor); });
    }
    auto links = learned_links(graph_, *options_.learned.model, wishes, options_.stop);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].link = std::move(links[i]);
  }

  const EnterpriseGraph& graph_;
  const ProspectOptions& options_;
  RankingQuestion question_;
  RankingThreads threads_;
  std::optional<Assessor> assessor_;
  std::optional<FirmScores> scores_;
  std::optional<RowWriter> writer_;
  std::optional<Reasons> reasons_;
};

}  // namespace

ProspectRanker::ProspectRanker(const EnterpriseGraph& graph, const ProspectRankerOptions& options)
    : body_(std::make_shared<const Body>(graph, options.threads)) {}

ProspectList ProspectRanker::rank(const GapReport& report, const ProspectOptions& options) const {
  check_options(options);
  check_stop(options.stop, kRankingStopped);
  return Ranking(body_->ground, body_->arena, report, options).list();
}

ProspectList rank_prospects(const EnterpriseGraph& graph, const GapReport& report,
                            const ProspectOptions& options) {
  check_options(options);
  return ProspectRanker(graph).rank(report, options);
}

}  // namespace liantu

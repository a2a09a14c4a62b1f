#include "liantu/prospects/arrivals/arrival_backtest.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/run/parallel.hpp"
#include "liantu/base/text/error.hpp"
#include "prospects/arrivals/arrival_history.hpp"
#include "prospects/arrivals/arrival_samples.hpp"
#include "prospects/arrivals/arrival_scores.hpp"
#include "prospects/arrivals/ranks.hpp"

namespace liantu {
namespace {

constexpr std::size_t kLeastArrivals = 30;
constexpr std::size_t kDrawings = 2000;

struct Words {
  std::string_view word;
  std::string_view en;
  std::string_view zh;
};

constexpr std::array<Words, kArrivalRankingCount> kRankings = {{
    {"random", "random", "随机"},
    {"branches", "most branches so far", "已有分支最多"},
    {"nearest", "nearest", "距离最近"},
    {"flow", "flow from its city and province", "来源地流向"},
    {"gravity", "gravity", "引力（来源地企业数）"},
    {"gravity_came", "gravity by earlier arrivals", "引力（来源地落户数）"},
    {"industry", "same industry here", "本地同行业"},
    {"like_places", "places with like arrivals", "相似落户地"},
    {"like_scope", "likeness to those who came", "与已来企业相似"},
    {"branches_flow", "branches × flow", "已有分支 × 流向"},
    {"propensity", "propensity to come", "落户倾向"},
    {"scale", "scale (registered capital)", "规模（注册资本）"},
    {"local_fit", "fit to local firms", "与本地企业契合"},
}};

constexpr std::array<Words, kArrivalViewCount> kViews = {{
    {"all", "all arrivals", "全部落户"},
    {"works", "works there", "在当地生产经营"},
    {"elsewhere", "other provinces", "来自外省"},
    {"newcomers", "no branch before", "此前无分支"},
    {"local", "places with local firms known", "已知本地企业的地区"},
}};

using Figures = std::vector<std::pair<ArrivalRanking, ListFigures>>;

struct ViewOfPlace {
  ArrivalView view = ArrivalView::All;
  std::size_t positives = 0;
  Figures figures;
};

class WindowRun {
 public:
  WindowRun(const ArrivalGround& ground, const ArrivalBacktestOptions& options, int from)
      : ground_(ground),
        options_(options),
        history_(ground, day_number(Date{static_cast<std::int16_t>(from), 1, 1})),
        scorer_(ground, history_, options) {
    window_.from = from;
    window_.candidates = history_.candidates().size();
    window_.earlier = history_.arrivals();
    all_ = came_within(ground, history_, from + options.years, false);
    works_ = came_within(ground, history_, from + options.years, true);
    for (const auto& came : all_) window_.arrivals += came.size();
  }

  ArrivalWindow run() {
    const std::size_t places = ground_.places.size();
    std::vector<bool> named(places, false);
    for (const std::uint32_t at : ground_.at) named[at] = true;
    for (const PlacePoint& point : options_.points) {
      if (const auto at = ground_.find(point.code)) named[*at] = true;
    }
    std::vector<std::vector<ViewOfPlace>> found(places);
    std::vector<std::vector<ArrivalListRow>> lists(places);
    parallel_for(places, [&](std::size_t i) {
      const auto place = static_cast<std::uint32_t>(i);
      if (options_.stop.stop_requested()) return;
      const bool counts = all_[i].size() >= least(ArrivalView::Newcomers) ||
                          works_[i].size() >= least(ArrivalView::Works);
      const bool listed = options_.listed > 0 && named[i];
      if (!counts && !listed) return;
      const ArrivalHistory::PlaceView view = history_.look(place);
      if (counts) found[i] = measure(view);
      if (listed) lists[i] = list(view);
    });
    if (options_.stop.stop_requested()) {
      throw Error(ErrorCode::Cancelled,
                  {"the backtest was cancelled before its end", "回测在完成前已被取消"});
    }
    for (std::size_t v = 0; v < kArrivalViewCount; ++v) {
      sum_up(static_cast<ArrivalView>(v), found);
    }
    for (auto& one : lists) {
      window_.list.insert(window_.list.end(), one.begin(), one.end());
    }
    return std::move(window_);
  }

 private:
  [[nodiscard]] std::size_t least(ArrivalView view) const {
    const bool half = view == ArrivalView::Works || view == ArrivalView::Newcomers;
    return half ? (options_.least + 1) / 2 : options_.least;
  }

  [[nodiscard]] bool other_province(std::uint32_t candidate, std::uint32_t place) const {
    const std::uint32_t home = ground_.home[history_.candidates()[candidate]];
    return home == ArrivalGround::kNowhere ||
           province_number(ground_.places[home]) != province_number(ground_.places[place]);
  }

  std::vector<ViewOfPlace> measure(const ArrivalHistory::PlaceView& place) const {
    std::vector<std::vector<double>> scores(kArrivalRankingCount);
    std::vector<ViewOfPlace> views;
    for (std::size_t v = 0; v < kArrivalViewCount; ++v) {
      ViewOfPlace one;
      one.view = static_cast<ArrivalView>(v);
      const auto in_view = [&](std::uint32_t i) {
        if (one.view == ArrivalView::Elsewhere) return other_province(i, place.place);
        if (one.view == ArrivalView::Newcomers) return history_.branches()[i] == 0;
        return true;
      };
      if (one.view == ArrivalView::Local &&
          scorer_.local_count(place.place) < options_.local_firms) {
        continue;
      }
      std::vector<std::uint32_t> wanted;
      std::ranges::copy_if(one.view == ArrivalView::Works ? works_[place.place] : all_[place.place],
                           std::back_inserter(wanted), in_view);
      if (wanted.size() < least(one.view)) continue;
      std::vector<bool> ranked(place.stands.size());
      for (std::uint32_t i = 0; i < ranked.size(); ++i) ranked[i] = place.stands[i] && in_view(i);
      one.positives = wanted.size();
      for (std::size_t m = 0; m < kArrivalRankingCount; ++m) {
        const auto ranking = static_cast<ArrivalRanking>(m);
        if (ranking == ArrivalRanking::LocalFit && one.view != ArrivalView::Local) continue;
        if (scores[m].empty()) scores[m] = scorer_.scores(ranking, place);
        if (scores[m].empty()) continue;
        const bool works = one.view == ArrivalView::Works && ranking == ArrivalRanking::Propensity;
        const std::vector<std::uint32_t> ranks =
            ranks_of(works ? scorer_.scores(ranking, place, true) : scores[m], scorer_.order(),
                     ranked, wanted);
        one.figures.emplace_back(ranking, figures_of(ranks));
      }
      views.push_back(std::move(one));
    }
    return views;
  }

  std::vector<ArrivalListRow> list(const ArrivalHistory::PlaceView& place) const {
    const std::vector<double> scores =
        scorer_.scores(ArrivalRanking::Propensity, place, options_.works);
    std::vector<std::uint32_t> firms;
    for (std::uint32_t i = 0; i < scores.size(); ++i) {
      if (place.stands[i]) firms.push_back(i);
    }
    const auto better = [&](std::uint32_t a, std::uint32_t b) {
      return scores[a] != scores[b] ? scores[a] > scores[b]
                                    : scorer_.order()[a] < scorer_.order()[b];
    };
    const std::size_t count = std::min(options_.listed, firms.size());
    std::ranges::partial_sort(firms, firms.begin() + static_cast<std::ptrdiff_t>(count), better);
    std::vector<ArrivalListRow> rows;
    for (std::size_t i = 0; i < count; ++i) {
      rows.push_back({ground_.places[place.place], static_cast<std::uint32_t>(i + 1),
                      FirmId{history_.candidates()[firms[i]]}});
    }
    return rows;
  }

  void sum_up(ArrivalView view, const std::vector<std::vector<ViewOfPlace>>& found) {
    std::vector<const ViewOfPlace*> places;
    for (const auto& views : found) {
      for (const ViewOfPlace& one : views) {
        if (one.view == view) places.push_back(&one);
      }
    }
    ArrivalViewScores sum;
    sum.view = view;
    sum.places = places.size();
    for (const ViewOfPlace* one : places) sum.positives += one->positives;
    if (!places.empty()) score(places, sum);
    window_.views.push_back(std::move(sum));
  }

  void score(const std::vector<const ViewOfPlace*>& places, ArrivalViewScores& sum) const {
    constexpr std::size_t kColumns = 5;
    const std::size_t count = places.size();
    const Resamples resamples(count, kDrawings, options_.seed);
    std::vector<std::uint32_t> groups(count);
    for (std::uint32_t i = 0; i < count; ++i) groups[i] = i;
    std::vector<double> branches;  // of each drawing
    double branches_map = 0;
    // First the one that the others are compared with.
    std::vector<ArrivalRanking> rankings = {ArrivalRanking::Branches};
    for (std::size_t m = 0; m < kArrivalRankingCount; ++m) {
      const auto ranking = static_cast<ArrivalRanking>(m);
      if (ranking != ArrivalRanking::Branches) rankings.push_back(ranking);
    }
    for (const ArrivalRanking ranking : rankings) {
      std::vector<std::vector<double>> columns(kColumns, std::vector<double>(count, 0.0));
      bool fed = false;
      double hit = 0;
      for (std::size_t i = 0; i < count; ++i) {
        const auto at = std::ranges::find(places[i]->figures, ranking,
                                          &std::pair<ArrivalRanking, ListFigures>::first);
        if (at == places[i]->figures.end()) continue;
        fed = true;
        const ListFigures& figures = at->second;
        columns[0][i] = figures.average_precision;
        columns[1][i] = figures.precision_20;
        columns[2][i] = figures.recall_50;
        columns[3][i] = figures.recall_200;
        columns[4][i] = figures.among_50;
        if (figures.among_50 > 0) ++hit;
      }
      if (!fed) continue;
      const auto sums = resamples.sums(groups, columns);
      const auto number = static_cast<double>(count);
      const auto mean = [&](std::size_t column) {
        double total = 0;
        for (const double one : columns[column]) total += one;
        return total / number;
      };
      const auto interval = [&](std::size_t column) {
        std::vector<double> means = sums[column];
        for (double& one : means) one /= number;
        return percentile_interval(std::move(means));
      };
      ArrivalScore score;
      score.ranking = ranking;
      score.map = mean(0);
      score.precision_20 = mean(1);
      score.recall_50 = mean(2);
      score.recall_200 = mean(3);
      score.among_50 = mean(4);
      score.lists_hit = hit / number;
      score.map_interval = interval(0);
      score.precision_20_interval = interval(1);
      score.recall_50_interval = interval(2);
      score.recall_200_interval = interval(3);
      score.among_50_interval = interval(4);
      if (ranking == ArrivalRanking::Branches) {
        branches = sums[0];
        branches_map = score.map;
      }
      if (branches_map > 0) {
        score.over_branches = score.map / branches_map;
        std::vector<double> ratios;
        for (std::size_t d = 0; d < kDrawings; ++d) {
          if (branches[d] > 0) ratios.push_back(sums[0][d] / branches[d]);
        }
        if (!ratios.empty()) score.over_branches_interval = percentile_interval(std::move(ratios));
      }
      sum.scores.push_back(score);
    }
    std::ranges::sort(sum.scores, {}, &ArrivalScore::ranking);
  }

  const ArrivalGround& ground_;
  const ArrivalBacktestOptions& options_;
  ArrivalHistory history_;
  ArrivalScorer scorer_;
  ArrivalWindow window_;
  std::vector<std::vector<std::uint32_t>> all_;  // who came, by place
  std::vector<std::vector<std::uint32_t>> works_;
};

void check_options(const ArrivalBacktestOptions& options) {
  const auto refuse = [](std::string_view en, std::string_view zh) {
    throw Error(ErrorCode::InvalidArgument, {std::string(en), std::string(zh)});
  };
  if (options.from.empty()) refuse("a backtest needs a first year", "回测须指明起始年份");
  for (const int year : options.from) {
    if (year < 1 || year > 4000) refuse("a year lies in 1 to 4000", "年份须在 1 到 4000 之间");
  }
  if (options.years < 1 || options.years > 20) {
    refuse("a window is 1 to 20 years long", "窗口长度须为 1 到 20 年");
  }
  if (options.least < 1 || options.least > 1000) {
    refuse("a place needs 1 to 1000 arrivals", "每地至少落户数须在 1 到 1000 之间");
  }
  check_arrival_model(options.model);
}

void check_arrivals(const EnterpriseGraph& graph, std::span<const Arrival> arrivals) {
  if (!std::ranges::is_sorted(arrivals, {}, &Arrival::date)) {
    throw Error(ErrorCode::InvalidArgument,
                {"arrivals must stand by date", "落户记录须按日期排列"});
  }
  std::vector<bool> came(graph.size(EntityKind::Firm), false);
  for (const Arrival& one : arrivals) {
    if (one.firm) came[raw(*one.firm)] = true;
  }
  if (!came.empty() && std::ranges::find(came, false) != came.end()) return;
  throw Error(
      ErrorCode::InvalidData,
      {"every firm of the graph came somewhere: there are no candidates that did not, and "
       "without candidates there is no measure; build the graph with firms that stayed at "
       "home, too",
       "图中每家企业都曾前来某地：没有未来过的候选企业，无从衡量；请在图中加入没有外地分支的"
       "企业"});
}

}  // namespace

std::string_view ranking_word(ArrivalRanking ranking) {
  return kRankings[static_cast<std::size_t>(ranking)].word;
}

Text ranking_text(ArrivalRanking ranking) {
  const Words& words = kRankings[static_cast<std::size_t>(ranking)];
  return {std::string(words.en), std::string(words.zh)};
}

std::string_view view_word(ArrivalView view) { return kViews[static_cast<std::size_t>(view)].word; }

Text view_text(ArrivalView view) {
  const Words& words = kViews[static_cast<std::size_t>(view)];
  return {std::string(words.en), std::string(words.zh)};
}

ArrivalBacktest backtest_arrivals(const EnterpriseGraph& graph, std::span<const Arrival> arrivals,
                                  const ArrivalBacktestOptions& options) {
  check_options(options);
  check_arrivals(graph, arrivals);
  const ArrivalGround ground(graph, arrivals, options.points);
  ArrivalBacktest result;
  result.years = options.years;
  result.located = !options.points.empty();
  for (const int from : options.from) {
    if (options.progress) {
      options.progress("arrivals", result.windows.size(), options.from.size());
    }
    result.windows.push_back(WindowRun(ground, options, from).run());
    const ArrivalViewScores& all = result.windows.back().views.front();
    if (all.positives >= kLeastArrivals) result.conclusive = true;
  }
  return result;
}

std::string arrival_lists_csv(const EnterpriseGraph& graph, const ArrivalBacktest& backtest,
                              std::span<const ArrivalPlace> places) {
  std::string text = "place,year,rank,uscc\n";
  const auto quoted = [](std::string_view words) {
    if (words.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(words);
    std::string cell = "\"";
    for (const char c : words) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
    return cell + "\"";
  };
  for (const ArrivalWindow& window : backtest.windows) {
    for (const ArrivalListRow& row : window.list) {
      const auto named = std::ranges::find(places, row.place, &ArrivalPlace::code);
      const EntityId firm = graph.entity(row.firm);
      const std::string_view code = graph.text(firm, EntityText::Code);
      text += fmt::format("{},{},{},{}\n",
                          quoted(named == places.end() ? row.place.to_string() : named->name),
                          window.from, row.rank, quoted(code.empty() ? graph.name(firm) : code));
    }
  }
  return text;
}

}  // namespace liantu

// Benchmarks of the rooms, in the order in which data flows. The names carry the sizes; bytes or
// items per second are what to compare.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/generate.hpp"
#include "bench/workbook.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/regions/region_history.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/chain/gaps/gap_survey.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/chain/structure/total_requirement.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/graph/snapshot.hpp"
#include "liantu/graph/synth.hpp"
#include "liantu/ingest/scope/scope.hpp"
#include "liantu/ingest/who/firm_matcher.hpp"
#include "liantu/land/per_mu/per_mu.hpp"
#include "liantu/projects/league.hpp"
#include "liantu/projects/ledger.hpp"
#include "liantu/prospects/introduction_plan.hpp"
#include "liantu/prospects/introductions.hpp"
#include "liantu/prospects/prospects.hpp"
#include "liantu/tables/plain/csv.hpp"
#include "liantu/tables/workbooks/xlsx.hpp"

namespace liantu::bench {
namespace {

constexpr std::uint64_t kSeed = 500104;

std::int64_t per_run(const benchmark::State& state, std::uint64_t each) {
  return static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(each);
}

constexpr std::uint64_t country_relations(std::uint32_t firms) { return 10U * firms; }

using Segments = std::optional<std::uint32_t>;

EnterpriseGraph make_country(std::uint32_t firms, Segments segments = {}) {
  SynthOptions options;
  options.relations = country_relations(firms);
  options.seed = kSeed;
  options.segments = segments;
  return synthesize(options);
}

// Countries are made once for all benchmarks that look at them.
const EnterpriseGraph& country(std::uint32_t firms, Segments segments = {}) {
  static std::map<std::pair<std::uint32_t, Segments>, EnterpriseGraph> made;
  const auto [entry, fresh] = made.try_emplace({firms, segments});
  if (fresh) entry->second = make_country(firms, segments);
  return entry->second;
}

// The district with the most firms.
GapOptions largest_district(const EnterpriseGraph& graph) {
  std::map<RegionCode, std::uint32_t> firms;
  for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm); ++i) {
    ++firms[graph.region(graph.entity(FirmId{i})).code];
  }
  GapOptions options;
  options.district.region =
      std::ranges::max_element(firms, {}, [](const auto& one) { return one.second; })->first;
  return options;
}

std::uint32_t size_of(const benchmark::State& state) {
  return static_cast<std::uint32_t>(state.range(0));
}

// The country that benchmarks of gaps name by its firms and segments.
const EnterpriseGraph& sized_country(const benchmark::State& state) {
  return country(size_of(state), static_cast<std::uint32_t>(state.range(1)));
}

void BM_ParseCsv(benchmark::State& state) {
  const std::string csv = register_csv(size_of(state), kSeed);
  for (auto _ : state) benchmark::DoNotOptimize(parse_csv(csv, "register.csv").size());
  state.SetBytesProcessed(per_run(state, csv.size()));
}
BENCHMARK(BM_ParseCsv)->ArgName("rows")->Arg(1000)->Arg(60'000)->Unit(benchmark::kMillisecond);

// Addresses of the whole country: in full, with levels left out, of former divisions, in
// traditional characters and without any place, each with a street.
std::vector<std::string> addresses(std::size_t count) {
  std::vector<std::string> former;
  for (std::uint32_t code = 110000; code < 660000; ++code) {
    for (const RegionPeriod& period : region_periods(RegionCode(code))) {
      if (period.until != 0) former.push_back(region_full_name(period.code, period.until - 1));
    }
  }
  const std::span<const RegionCode> districts = regions(RegionLevel::District);
  std::mt19937 random(kSeed);
  std::vector<std::string> made;
  for (std::size_t i = 0; i < count; ++i) {
    const RegionCode district = districts[random() % districts.size()];
    std::string address;
    switch (random() % 8) {
      case 0:
        address = former[random() % former.size()];
        break;
      case 1:
        address =
            std::string(region_name(district.province())) + std::string(region_name(district));
        break;
      case 2:
        address = std::string(region_name(district));
        break;
      case 3:
        address = "廣東省深圳市南山區";
        break;
      case 4:
        break;
      default:
        address = region_full_name(district);
    }
    made.push_back(address + "人民东路" + std::to_string(random() % 1000) + "号2幢5单元3-1");
  }
  return made;
}

void BM_FindRegion(benchmark::State& state) {
  const std::vector<std::string> texts = addresses(size_of(state));
  std::uint64_t found = 0;
  for (auto _ : state) {
    for (const std::string& text : texts) found += find_region(text).known() ? 1 : 0;
  }
  benchmark::DoNotOptimize(found);
  state.SetItemsProcessed(per_run(state, texts.size()));
}
BENCHMARK(BM_FindRegion)
    ->ArgName("addresses")
    ->Arg(1000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Threads(1)
    ->Threads(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// Registered names of the whole country: place, a brand of two to four characters, trade, form.
std::vector<std::string> firm_names(std::uint64_t count) {
  constexpr std::array<std::string_view, 12> kTrades = {
      "机械制造", "电子科技", "贸易", "汽车零部件", "建筑工程", "物流",
      "食品",     "信息技术", "实业", "商贸",       "新材料",   "餐饮管理"};
  constexpr std::array<std::string_view, 4> kForms = {"有限公司", "有限责任公司", "股份有限公司",
                                                      "厂"};
  bench::Dice dice(kSeed);
  const auto places = regions(RegionLevel::City);
  std::vector<std::string> names;
  names.reserve(count);
  while (names.size() < count) {
    std::string name(region_name(places[dice.below(static_cast<std::uint32_t>(places.size()))]));
    const std::uint32_t length = 2 + dice.below(3);
    for (std::uint32_t i = 0; i < length; ++i) {
      // Some 2,000 characters, a few of them much more often than most.
      const std::uint32_t widest = 1 + dice.below(2000);
      name += to_utf8(std::u32string(1, static_cast<char32_t>(0x5000 + dice.below(widest) * 3)));
    }
    name += kTrades[dice.below(kTrades.size())];
    name += kForms[dice.below(kForms.size())];
    names.push_back(std::move(name));
  }
  return names;
}

// As many names as are known: the same, without place and form, with a character changed, cut off.
std::vector<std::string> other_spellings(const std::vector<std::string>& names) {
  std::vector<std::string> others;
  others.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::u32string name = to_utf32(names[i]);
    const std::size_t place = to_utf32(split_firm_name(names[i]).place).size();
    switch (i % 4) {
      case 0:
        break;
      case 1:
        name = name.substr(place, name.find(U"有限") == name.npos ? 6 : name.find(U"有限") - place);
        break;
      case 2:
        name[std::min(place + 1, name.size() - 1)] = U'某';
        break;
      default:
        name.pop_back();
    }
    others.push_back(to_utf8(name));
  }
  return others;
}

// As many names against as many known ones, the preparing of these included, on all processors.
void BM_MatchNames(benchmark::State& state) {
  const std::vector<std::string> names = firm_names(size_of(state));
  const std::vector<std::string> others = other_spellings(names);
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::vector<std::string_view> asked(others.begin(), others.end());
  std::uint64_t linked = 0;
  for (auto _ : state) {
    const FirmMatcher matcher(known);
    for (const NameMatch& match : matcher.match_all(asked)) {
      linked += match.verdict == NameVerdict::Link ? 1 : 0;
    }
  }
  benchmark::DoNotOptimize(linked);
  state.SetItemsProcessed(per_run(state, names.size()));
}
BENCHMARK(BM_MatchNames)
    ->ArgName("names")
    ->Arg(1000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void BM_ReadXlsx(benchmark::State& state) {
  const std::string bytes = workbook(static_cast<std::uint32_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse_xlsx(bytes, "register.xlsx").front().size());
  }
  state.SetItemsProcessed(per_run(state, static_cast<std::uint64_t>(state.range(0))));
}
BENCHMARK(BM_ReadXlsx)->ArgName("cells")->Arg(1000)->Arg(1'200'000)->Unit(benchmark::kMillisecond);

void BM_TagScopes(benchmark::State& state) {
  constexpr std::size_t kFirms = 2000;
  const std::vector<std::string> terms = vocabulary(size_of(state));
  const std::vector<std::string> texts = scopes(kFirms, terms, kSeed);
  ScopeTagger tagger(std::vector<std::string_view>(terms.begin(), terms.end()));
  std::size_t tags = 0;
  for (auto _ : state) {
    for (const std::string& text : texts) tags += tagger.tag(text).size();
  }
  state.SetItemsProcessed(per_run(state, kFirms));
  state.counters["tags_per_firm"] =
      static_cast<double>(tags) / static_cast<double>(per_run(state, kFirms));
}
BENCHMARK(BM_TagScopes)->ArgName("terms")->Arg(1000)->Arg(40'000)->Unit(benchmark::kMillisecond);

void BM_BuildGraph(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(make_country(size_of(state)).size());
  }
  state.SetItemsProcessed(per_run(state, country_relations(size_of(state))));
}
BENCHMARK(BM_BuildGraph)
    ->ArgNames({"firms", "relations"})
    ->Args({1000, country_relations(1000)})
    ->Args({100'000, country_relations(100'000)})
    ->Unit(benchmark::kMillisecond);

class SnapshotFile {
 public:
  explicit SnapshotFile(const EnterpriseGraph& graph)
      : path_(std::filesystem::temp_directory_path() / "liantu-bench.liantu") {
    write_snapshot(graph, path_, Overwrite::Yes);
  }
  SnapshotFile(const SnapshotFile&) = delete;
  SnapshotFile& operator=(const SnapshotFile&) = delete;
  ~SnapshotFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::uint64_t size() const { return std::filesystem::file_size(path_); }

 private:
  std::filesystem::path path_;
};

void BM_WriteSnapshot(benchmark::State& state) {
  const EnterpriseGraph& graph = country(size_of(state));
  const SnapshotFile file(graph);
  for (auto _ : state) write_snapshot(graph, file.path(), Overwrite::Yes);
  state.SetBytesProcessed(per_run(state, file.size()));
}
BENCHMARK(BM_WriteSnapshot)
    ->ArgName("firms")
    ->Arg(1000)
    ->Arg(100'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void read_snapshots(benchmark::State& state, Verify verify) {
  const SnapshotFile file(country(size_of(state)));
  for (auto _ : state) benchmark::DoNotOptimize(read_snapshot(file.path(), verify).size());
  state.SetBytesProcessed(per_run(state, file.size()));
}
void BM_ReadSnapshot(benchmark::State& state) { read_snapshots(state, Verify::Full); }
void BM_ReadTrustedSnapshot(benchmark::State& state) { read_snapshots(state, Verify::Structure); }
BENCHMARK(BM_ReadSnapshot)
    ->ArgName("firms")
    ->Arg(1000)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ReadTrustedSnapshot)
    ->ArgName("firms")
    ->Arg(1000)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);

// One district, what every district shares looked up first; see BM_FindGapsAgain.
void BM_FindGaps(benchmark::State& state) {
  const EnterpriseGraph& graph = sized_country(state);
  const GapOptions district = largest_district(graph);
  std::size_t gaps = 0;
  for (auto _ : state) gaps = find_gaps(graph, district).gaps.size();
  state.SetItemsProcessed(per_run(state, size_of(state)));
  state.counters["gaps"] = static_cast<double>(gaps);
}
BENCHMARK(BM_FindGaps)
    ->ArgNames({"firms", "segments"})
    ->Args({1000, 68})
    ->Args({100'000, 685})
    ->Args({1'000'000, 5000})
    ->Unit(benchmark::kMillisecond);

// One district of a graph that is open and looked at already. Bound by reading what its firms and
// those near it make, which lie scattered over the graph, and by setting out their needs by
// segment.
void BM_FindGapsAgain(benchmark::State& state) {
  const EnterpriseGraph& graph = sized_country(state);
  const GapFinder finder(graph);
  const GapOptions district = largest_district(graph);
  std::size_t gaps = 0;
  for (auto _ : state) gaps = finder.find(district).gaps.size();
  state.counters["gaps"] = static_cast<double>(gaps);
}
BENCHMARK(BM_FindGapsAgain)
    ->ArgNames({"firms", "segments"})
    ->Args({1000, 68})
    ->Args({1'000'000, 5000})
    ->Unit(benchmark::kMillisecond);

// Every district of a country with all lists, one after another on one thread. Bound by writing the
// lists: firms near a district are named again for each district of their city.
void BM_FindGapsEverywhere(benchmark::State& state) {
  const EnterpriseGraph& graph = sized_country(state);
  std::size_t gaps = 0;
  std::size_t districts = 0;
  for (auto _ : state) {
    const GapFinder finder(graph);
    gaps = 0;
    districts = 0;
    for (const RegionCode region : finder.districts()) {
      GapOptions options;
      options.district.region = region;
      gaps += finder.find(options).gaps.size();
      ++districts;
    }
  }
  state.counters["gaps"] = static_cast<double>(gaps);
  state.counters["districts"] = static_cast<double>(districts);
}
BENCHMARK(BM_FindGapsEverywhere)
    ->ArgNames({"firms", "segments"})
    ->Args({1000, 68})
    ->Args({1'000'000, 5000})
    ->Unit(benchmark::kMillisecond);

// Every district of a country in outline, the ten most severe gaps of each kept, on all cores.
// Bound by the number of needs and of gaps, each looked at a few times; allocation does not show.
void BM_SurveyGaps(benchmark::State& state) {
  const EnterpriseGraph& graph = sized_country(state);
  GapSurveyOptions options;
  options.most = 10;
  std::size_t gaps = 0;
  std::size_t districts = 0;
  for (auto _ : state) {
    const std::vector<DistrictGaps> found = survey_gaps(GapFinder(graph), options);
    districts = found.size();
    gaps = 0;
    for (const DistrictGaps& one : found) {
      for (const std::size_t count : one.kind_count) gaps += count;
    }
  }
  state.counters["gaps"] = static_cast<double>(gaps);
  state.counters["districts"] = static_cast<double>(districts);
}
BENCHMARK(BM_SurveyGaps)
    ->ArgNames({"firms", "segments"})
    ->Args({1000, 68})
    ->Args({1'000'000, 5000})
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);

// Segments that each need ten others, in one circle with a spectral radius of 0.8. Bound by the
// solver, whose coefficients fit the cache.
void BM_TotalRequirement(benchmark::State& state) {
  const std::uint32_t segments = size_of(state);
  constexpr std::uint32_t kInputs = 10;
  GraphBuilder builder;
  for (std::uint32_t s = 0; s < segments; ++s) {
    builder.add(EntityKind::Segment, "s" + std::to_string(s));
  }
  std::mt19937_64 engine(kSeed);
  for (std::uint32_t s = 0; s < segments; ++s) {
    for (std::uint32_t i = 0; i < kInputs; ++i) {
      const auto input = static_cast<std::uint32_t>(engine() % segments);
      EdgeAttributes attributes;
      attributes.coefficient = 0.8 / kInputs;
      if (input == s) continue;
      builder.relate(RelationKind::Requires, SegmentId{s}, SegmentId{input}, attributes);
    }
  }
  const EnterpriseGraph graph = builder.build();
  const std::vector<FinalSales> sales = {{SegmentId{0}, {1e9, Basis::Stated}}};
  double residual = 0;
  for (auto _ : state) residual = total_requirement(graph, sales).residual;
  state.SetItemsProcessed(per_run(state, segments));
  state.counters["residual"] = residual;
}
BENCHMARK(BM_TotalRequirement)
    ->ArgName("segments")
    ->Arg(1000)
    ->Arg(5000)
    ->Unit(benchmark::kMillisecond);

// Ranks the largest district's prospects with a ranker that is there already, on so many threads.
void rank_again(benchmark::State& state, const ProspectOptions& options, unsigned threads) {
  const EnterpriseGraph& graph = country(size_of(state));
  const GapReport report = find_gaps(graph, largest_district(graph));
  const ProspectRanker ranker(graph, {threads});
  std::size_t prospects = 0;
  for (auto _ : state) prospects = ranker.rank(report, options).prospect_count;
  state.SetItemsProcessed(per_run(state, prospects));
  state.counters["prospects"] = static_cast<double>(prospects);
}

ProspectOptions best_twenty() {
  ProspectOptions options;
  options.top = 20;
  return options;
}

// Every prospect with its reasons, what all districts share looked up first.
void BM_RankProspects(benchmark::State& state) {
  const EnterpriseGraph& graph = country(size_of(state));
  const GapReport report = find_gaps(graph, largest_district(graph));
  std::size_t prospects = 0;
  for (auto _ : state) prospects = rank_prospects(graph, report).prospect_count;
  state.SetItemsProcessed(per_run(state, prospects));
  state.counters["prospects"] = static_cast<double>(prospects);
}
// The best twenty of one district after another. Bound by scoring: the ways to anchors that a firm
// meets, what it makes, its relations to the district.
void BM_RankDistrict(benchmark::State& state) { rank_again(state, best_twenty(), 0); }
void BM_RankDistrictOneThread(benchmark::State& state) { rank_again(state, best_twenty(), 1); }
// As `explain` and `map` ask for it.
void BM_RankOneFirm(benchmark::State& state) {
  ProspectOptions options;
  options.firms = {FirmId{0}};
  rank_again(state, options, 0);
}
void BM_RankBestOfEachGap(benchmark::State& state) {
  ProspectOptions options;
  options.per_gap = 2;
  options.reasons = ReasonsOf::Nobody;
  rank_again(state, options, 0);
}
// A thousand firms outside, three ways each, the tree of cheapest ways included.
void BM_ThousandIntroductions(benchmark::State& state) {
  const EnterpriseGraph& graph = country(size_of(state));
  const District district = complete_district({largest_district(graph).district.region, {}, {}});
  std::size_t ways = 0;
  for (auto _ : state) {
    const IntroductionFinder finder(graph, district);
    ways = 0;
    std::size_t firms = 0;
    for (std::uint32_t i = 0; i < graph.size(EntityKind::Firm) && firms < 1000; ++i) {
      if (standing(graph, FirmId{i}, district) != Standing::Outside) continue;
      ++firms;
      ways += finder.ways(FirmId{i}, 3).size();
    }
  }
  state.counters["ways"] = static_cast<double>(ways);
}
// The best twenty and where they stand in a thousand draws of the weights.
void BM_RankThousandDraws(benchmark::State& state) {
  ProspectOptions options = best_twenty();
  options.reasons = ReasonsOf::Nobody;
  options.draws = 1000;
  rank_again(state, options, 0);
}
// The same of every row.
void BM_RankAllInThousandDraws(benchmark::State& state) {
  ProspectOptions options;
  options.reasons = ReasonsOf::Nobody;
  options.draws = 1000;
  rank_again(state, options, 0);
}

// Calls of a list shared out among introducers, each of whom co-operates with many of its firms; their
// ways are looked up, too.
void BM_ShareCallsOut(benchmark::State& state) {
  const auto rows = static_cast<std::uint32_t>(state.range(0));
  const auto introducers = static_cast<std::uint32_t>(state.range(1));
  constexpr std::uint32_t kKnown = 20;  // introducers of a firm
  GraphBuilder builder;
  bench::Dice dice(kSeed);
  for (std::uint32_t i = 0; i < introducers + rows; ++i) {
    builder.add(EntityKind::Firm, "f" + std::to_string(i));
    builder.set_region(FirmId{i}, {RegionCode{i < introducers ? 500104U : 440305U}, {}});
  }
  std::vector<FirmId> list;
  for (std::uint32_t i = introducers; i < introducers + rows; ++i) {
    list.push_back(FirmId{i});
    for (std::uint32_t k = 0; k < kKnown; ++k) {
      builder.relate(RelationKind::Cooperates, FirmId{dice.below(introducers)}, FirmId{i});
    }
  }
  const EnterpriseGraph graph = builder.build();
  const IntroductionFinder finder(graph, {RegionCode{500104}, {}, {}});
  std::size_t called = 0;
  for (auto _ : state) {
    called = 0;
    for (const PlannedIntroduction& one : plan_introductions(finder, list)) {
      called += one.way ? 1 : 0;
    }
  }
  state.counters["called"] = static_cast<double>(called);
}
BENCHMARK(BM_ShareCallsOut)
    ->ArgNames({"rows", "introducers"})
    ->Args({500, 200})
    ->Args({1000, 200})
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);
#define LIANTU_RANK_BENCHMARK(name) \
  BENCHMARK(name)                   \
      ->ArgName("firms")            \
      ->Arg(1000)                   \
      ->Arg(100'000)                \
      ->Arg(1'000'000)              \
      ->UseRealTime()               \
      ->MeasureProcessCPUTime()     \
      ->Unit(benchmark::kMillisecond)
LIANTU_RANK_BENCHMARK(BM_RankProspects);
LIANTU_RANK_BENCHMARK(BM_RankDistrict);
LIANTU_RANK_BENCHMARK(BM_RankDistrictOneThread);
LIANTU_RANK_BENCHMARK(BM_RankOneFirm);
LIANTU_RANK_BENCHMARK(BM_RankBestOfEachGap);
LIANTU_RANK_BENCHMARK(BM_ThousandIntroductions);
LIANTU_RANK_BENCHMARK(BM_RankThousandDraws);
LIANTU_RANK_BENCHMARK(BM_RankAllInThousandDraws);
#undef LIANTU_RANK_BENCHMARK

EnterpriseGraph per_mu_firms(std::int64_t firms) {
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> part(0.2, 3);
  GraphBuilder builder;
  constexpr std::pair<EntityNumber, double> kFigures[] = {
      {EntityNumber::Land, 30},        {EntityNumber::Tax, 1e6},    {EntityNumber::Revenue, 5e7},
      {EntityNumber::ValueAdded, 1e7}, {EntityNumber::Energy, 1e3}, {EntityNumber::Staff, 200},
      {EntityNumber::Research, 1e6}};
  for (std::int64_t i = 0; i < firms; ++i) {
    const EntityRef firm = builder.add(EntityKind::Firm, "示例企业" + std::to_string(i));
    for (const auto& [number, size] : kFigures) {
      builder.set(firm, number, {size * part(random), Basis::Stated});
    }
  }
  return builder.build();
}

void BM_RatePerMu(benchmark::State& state) {
  const EnterpriseGraph graph = per_mu_firms(state.range(0));
  const PerMuScheme scheme = parse_per_mu_scheme(
      R"({"name": "s", "classes": [{"name": "all", "items": [
        {"name": "tax", "numerator": "tax", "denominator": "land", "unit": "万元/亩", "base": 20, "points": 45, "cap": 60},
        {"name": "sales", "numerator": "revenue", "denominator": "land", "unit": "万元/亩", "base": 400, "points": 20, "cap": 25},
        {"name": "energy", "numerator": "value_added", "denominator": "energy", "unit": "万元/吨标准煤", "base": 2, "points": 15},
        {"name": "research", "numerator": "research", "denominator": "revenue", "base": 0.03, "points": 15, "floor": 2},
        {"name": "work", "numerator": "value_added", "denominator": "staff", "unit": "万元/人", "base": 20, "points": 5}],
        "grades": {"by": "rank", "A": 0.25, "B": 0.7, "C": 0.95}}]})",
      "s.json");
  for (auto _ : state) benchmark::DoNotOptimize(rate_per_mu(graph, scheme));
  state.SetItemsProcessed(per_run(state, static_cast<std::uint64_t>(state.range(0))));
}
BENCHMARK(BM_RatePerMu)->ArgName("firms")->Arg(1000)->Arg(5000)->Unit(benchmark::kMillisecond);

// A ledger of so many stage changes, of projects that four teams signed over two years.
std::filesystem::path ledger_of(std::int64_t changes) {
  static std::map<std::int64_t, std::filesystem::path> made;
  const auto [entry, fresh] = made.try_emplace(changes);
  if (!fresh) return entry->second;
  entry->second = std::filesystem::temp_directory_path() /
                  ("liantu_bench_" + std::to_string(::getpid()) + "_" + std::to_string(changes));
  std::filesystem::remove(entry->second);
  std::mt19937 random(kSeed);
  std::vector<LedgerLine> lines;
  for (std::int64_t i = 0; static_cast<std::int64_t>(lines.size()) < changes; ++i) {
    for (int stage = 0; stage < 5; ++stage) {
      LedgerLine line;
      line.key = "XM-" + std::to_string(i);
      line.name = "示例项目" + std::to_string(i);
      line.firm = "示例企业" + std::to_string(i);
      line.stage = static_cast<LedgerStage>(static_cast<int>(LedgerStage::Signed) + stage);
      line.day = add_days({2023, 1, 1}, static_cast<std::int64_t>(random() % 150) + 160 * stage);
      if (stage == 0) {
        line.facts.emplace_back(FactKey::Investment,
                                FactValue{1e6 * double(random() % 900), {}, {}});
        line.facts.emplace_back(FactKey::Team, FactValue{0, "专班" + std::to_string(i % 4), {}});
      }
      lines.push_back(std::move(line));
    }
  }
  Ledger ledger = Ledger::create(entry->second, "500104");
  (void)ledger.append({"2025-12-31T09:00:00+08:00", "张", "bench"}, std::move(lines));
  return entry->second;
}

void BM_OpenLedger(benchmark::State& state) {
  const auto path = ledger_of(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(Ledger::open(path, LedgerAccess::Read).schema_found());
  }
}
void BM_ReadLedger(benchmark::State& state) {
  const auto path = ledger_of(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(Ledger::open(path, LedgerAccess::Read).read().rows);
  }
}
void BM_AddToLedger(benchmark::State& state) {
  const auto path = ledger_of(state.range(0));
  static std::int64_t day = 0;  // the file stays from one measurement to the next
  for (auto _ : state) {
    LedgerLine line;
    line.key = "XM-7";
    line.day = add_days({2024, 12, 1}, day++);
    line.facts.emplace_back(FactKey::Remark, FactValue{0, std::to_string(day), {}});
    Ledger ledger = Ledger::open(path, LedgerAccess::Write);
    const AppendResult result = ledger.append({"2099-12-31T09:00:00+08:00", "张", "b"}, {line});
    if (result.facts != 1) state.SkipWithError("nothing was added");
  }
}
void BM_QuarterOfLedger(benchmark::State& state) {
  const auto path = ledger_of(state.range(0));
  const Rubric rubric = default_rubric();
  for (auto _ : state) {
    const LedgerBook book = Ledger::open(path, LedgerAccess::Read).read();
    benchmark::DoNotOptimize(reckon_league(book, {2024, 2}, rubric));
  }
}
#define LIANTU_LEDGER_BENCHMARK(name) \
  BENCHMARK(name)->ArgName("changes")->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond)
LIANTU_LEDGER_BENCHMARK(BM_OpenLedger);
LIANTU_LEDGER_BENCHMARK(BM_ReadLedger);
LIANTU_LEDGER_BENCHMARK(BM_QuarterOfLedger);
LIANTU_LEDGER_BENCHMARK(BM_AddToLedger);
#undef LIANTU_LEDGER_BENCHMARK

}  // namespace
}  // namespace liantu::bench

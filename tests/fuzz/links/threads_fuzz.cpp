// One thread against several: scores, ranks, embeddings and gaps of a small graph are the same to
// the last bit.

#include <cstddef>
#include <cstdint>
#include <tbb/global_control.h>
#include <vector>

#include "fuzz/byte_graph.hpp"
#include "liantu/chain/gaps/gap_survey.hpp"
#include "liantu/links/paths/path_engine.hpp"
#include "liantu/links/scorers/embedding.hpp"
#include "liantu/links/scorers/katz.hpp"
#include "liantu/links/scorers/pagerank.hpp"

namespace {

using namespace liantu;

/// All that is compared.
struct Results {
  std::vector<ScoreRow> paths;
  std::vector<ScoreRow> ranks;
  std::vector<ScoreRow> katz;
  std::vector<double> embedding;
  std::vector<DistrictGaps> gaps;

  friend bool operator==(const Results&, const Results&) = default;
};

Results results_of(const EnterpriseGraph& graph, unsigned threads) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  PathEngineOptions options;
  options.threads = threads;
  const PathEngine engine(graph, options);
  std::vector<EntityId> sources;
  for (std::uint32_t v = 0; v < graph.size(); ++v) sources.push_back(EntityId{v});
  Results results;
  results.paths = engine.rows(parse_path("directed_l3"), sources);
  const PathStep step{RelationKind::Supplies, StepDirection::Either};
  results.ranks = pagerank_rows(engine, step, sources);
  results.katz = katz_rows(engine, step, sources);
  EmbeddingOptions few;
  few.rank = 3;
  const LinkEmbedding embedding = embed_links(engine, few);
  for (const EntityId entity : sources) {
    const auto point = embedding.from(entity);
    results.embedding.insert(results.embedding.end(), point.begin(), point.end());
  }
  results.gaps = survey_gaps(GapFinder(graph));
  return results;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Bytes bytes(data, size);
  const EnterpriseGraph graph = fuzz::graph_of(bytes);
  const Results alone = results_of(graph, 1);
  for (const unsigned threads : {2U, 5U}) fuzz::require(results_of(graph, threads) == alone);
  return 0;
}

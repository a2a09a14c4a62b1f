#include "liantu/report/evaluation/training_json.hpp"

#include "liantu/graph/kinds.hpp"
#include "report/formats/json_output.hpp"

namespace liantu {

std::string training_json(const LinkModel& model, const RunInfo& run) {
  JsonOutput out;
  out.open_object();
  write_run(out, "liantu.training/1", run);
  out.member("model", model.kind());
  out.member("relation", relation_word(model.origin.relation));
  out.member("sources", model.origin.source_end == SourceEnd::From ? "from" : "to");
  out.member("grouping", grouping_word(model.origin.grouping));
  out.member("data", model.origin.data);
  out.member_count("seed", model.origin.seed);
  out.member_count("features", model.features.size());
  out.key("beats_directed_l3");
  out.boolean(model.beats_directed_l3());
  out.key("validation");
  out.open_array();
  for (const ValidationFigures& figures : model.validation) {
    out.open_object();
    out.member("method", figures.method);
    out.member_number("mrr", figures.mrr);
    out.member_number("map", figures.map);
    out.member_number("recall_100", figures.recall_100);
    out.member_count("sources", figures.sources);
    out.member_count("links", figures.links);
    out.close_object();
  }
  out.close_array();
  out.key("reliability");
  out.open_array();
  for (const ReliabilityRow& row : model.reliability) {
    out.open_object();
    out.member_number("said", row.said);
    out.member_number("came_true", row.came_true);
    out.member_count("pairs", row.pairs);
    out.close_object();
  }
  out.close_array();
  out.close_object();
  return out.finish();
}

}  // namespace liantu

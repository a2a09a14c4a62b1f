#include "liantu/report/prospects/introduction_json.hpp"

#include "liantu/report/prospects/introduction_sheet.hpp"
#include "report/formats/json_output.hpp"
#include "report/prospects/introduction_member.hpp"
#include "report/prospects/introduction_words.hpp"

namespace liantu {
namespace {

void write_step(JsonOutput& out, const EnterpriseGraph& graph, const IntroductionStep& step) {
  out.open_object();
  out.member("from", graph.name(step.from));
  out.member("to", graph.name(step.to));
  out.member_or_null("relation", step.relation ? relation_word(*step.relation) : "");
  out.key("backward");
  out.boolean(step.backward);
  out.member("words", step_text(graph, step));
  out.member_number("cost", step.cost);
  if (step.relation) {
    const Provenance told = graph.relation(*step.relation).provenance(step.edge);
    const Source& source = graph.source(told.source);
    out.member_or_null("since", told.since.to_string());
    out.member_or_null("as_of", told.as_of.to_string());
    out.member("basis", basis_word(told.basis));
    out.member_confidence("confidence", told.confidence);
    out.member_or_null("file", source.file.empty() ? source.citation : source.file);
    out.member_or_null("sheet", source.sheet);
    out.member_count("row", told.row);
  }
  out.close_object();
}

class IntroductionOutput {
 public:
  explicit IntroductionOutput(const EnterpriseGraph& graph) : graph_(graph) {}

  std::string ways(FirmId firm, std::span<const Introduction> ways, const RunInfo& run) {
    out_.open_object();
    write_run(out_, "liantu.introductions/1", run);
    name(firm);
    out_.key("ways");
    out_.open_array();
    for (const Introduction& one : ways) write_introduction(out_, graph_, one);
    out_.close_array();
    out_.close_object();
    return out_.finish();
  }

  std::string plan(std::span<const PlannedIntroduction> plan, const RunInfo& run) {
    out_.open_object();
    write_run(out_, "liantu.introduction_plan/1", run);
    out_.key("firms");
    out_.open_array();
    for (const PlannedIntroduction& one : plan) {
      out_.open_object();
      name(one.firm);
      out_.key("way");
      one.way ? write_introduction(out_, graph_, *one.way) : out_.null();
      if (!one.way) {
        out_.member("why", unintroduced_word(one.why));
        out_.key("asked");
        out_.open_array();
        for (const EntityId asked : one.asked) out_.text(graph_.name(asked));
        out_.close_array();
      }
      out_.close_object();
    }
    out_.close_array();
    out_.close_object();
    return out_.finish();
  }

 private:
  void name(FirmId firm) {
    const EntityId entity = graph_.entity(firm);
    out_.member("firm", graph_.name(entity));
    out_.member_or_null("credit_code", graph_.text(entity, EntityText::Code));
  }

  const EnterpriseGraph& graph_;
  JsonOutput out_;
};

}  // namespace

void write_introduction(JsonOutput& out, const EnterpriseGraph& graph, const Introduction& way) {
  out.open_object();
  out.member("channel", channel_word(way.channel));
  out.member("introducer", graph.name(way.introducer));
  out.member_number("cost", way.cost);
  out.member("sentence", introduction_text(graph, way));
  out.key("hubs");
  out.open_array();
  for (const EntityId hub : way.hubs) out.text(graph.name(hub));
  out.close_array();
  out.key("steps");
  out.open_array();
  for (const IntroductionStep& one : way.steps) write_step(out, graph, one);
  out.close_array();
  out.close_object();
}

std::string introductions_json(const EnterpriseGraph& graph, FirmId firm,
                               std::span<const Introduction> ways, const RunInfo& run) {
  return IntroductionOutput(graph).ways(firm, ways, run);
}

std::string introduction_plan_json(const EnterpriseGraph& graph,
                                   std::span<const PlannedIntroduction> plan, const RunInfo& run) {
  return IntroductionOutput(graph).plan(plan, run);
}

}  // namespace liantu

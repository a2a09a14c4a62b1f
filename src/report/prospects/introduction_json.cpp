#include "liantu/report/prospects/introduction_json.hpp"

#include "liantu/report/prospects/introduction_sheet.hpp"
#include "report/prospects/introduction_words.hpp"
#include "report/formats/json_output.hpp"

namespace liantu {
namespace {

class IntroductionOutput {
 public:
  explicit IntroductionOutput(const EnterpriseGraph& graph) : graph_(graph) {}

  std::string ways(FirmId firm, std::span<const Introduction> ways, const RunInfo& run) {
    out_.open_object();
    write_run(out_, "liantu.introductions/1", run);
    name(firm);
    out_.key("ways");
    out_.open_array();
    for (const Introduction& one : ways) way(one);
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
      one.way ? way(*one.way) : out_.null();
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

  void way(const Introduction& way) {
    out_.open_object();
    out_.member("channel", channel_word(way.channel));
    out_.member("introducer", graph_.name(way.introducer));
    out_.member_number("cost", way.cost);
    out_.member("sentence", introduction_text(graph_, way));
    out_.key("hubs");
    out_.open_array();
    for (const EntityId hub : way.hubs) out_.text(graph_.name(hub));
    out_.close_array();
    out_.key("steps");
    out_.open_array();
    for (const IntroductionStep& one : way.steps) step(one);
    out_.close_array();
    out_.close_object();
  }

  void step(const IntroductionStep& step) {
    out_.open_object();
    out_.member("from", graph_.name(step.from));
    out_.member("to", graph_.name(step.to));
    out_.member_or_null("relation", step.relation ? relation_word(*step.relation) : "");
    out_.key("backward");
    out_.boolean(step.backward);
    out_.member("words", step_text(graph_, step));
    out_.member_number("cost", step.cost);
    if (step.relation) {
      const Provenance told = graph_.relation(*step.relation).provenance(step.edge);
      const Source& source = graph_.source(told.source);
      out_.member_or_null("since", told.since.to_string());
      out_.member_or_null("as_of", told.as_of.to_string());
      out_.member("basis", basis_word(told.basis));
      out_.member_confidence("confidence", told.confidence);
      out_.member_or_null("file", source.file.empty() ? source.citation : source.file);
      out_.member_or_null("sheet", source.sheet);
      out_.member_count("row", told.row);
    }
    out_.close_object();
  }

  const EnterpriseGraph& graph_;
  JsonOutput out_;
};

}  // namespace

std::string introductions_json(const EnterpriseGraph& graph, FirmId firm,
                               std::span<const Introduction> ways, const RunInfo& run) {
  return IntroductionOutput(graph).ways(firm, ways, run);
}

std::string introduction_plan_json(const EnterpriseGraph& graph,
                                   std::span<const PlannedIntroduction> plan, const RunInfo& run) {
  return IntroductionOutput(graph).plan(plan, run);
}

}  // namespace liantu

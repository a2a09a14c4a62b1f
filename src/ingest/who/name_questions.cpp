#include "ingest/who/name_questions.hpp"

#include <utility>

#include "base/text/excerpt.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/values/firm_name.hpp"

namespace liantu {

NameQuestions::NameQuestions(std::vector<NameQuestion> before) : before_(std::move(before)) {
  for (const NameQuestion& one : before_) {
    if (one.answer != Confirmed::Open) answers_[key(one.written, one.firm)] = one.answer;
  }
}

std::string NameQuestions::key(std::string_view written, std::string_view firm) {
  std::string both = normalize_firm_name(written).full;
  both += '\n';
  return both += normalize_firm_name(firm).full;
}

Confirmed NameQuestions::answered(std::string_view written, std::string_view firm) const {
  const auto found = answers_.find(key(written, firm));
  return found == answers_.end() ? Confirmed::Open : found->second;
}

void NameQuestions::ask(std::string_view written, const InputPlace& where, std::uint32_t firm,
                        std::string_view firm_name, double score) {
  std::string pair = key(written, firm_name);
  if (answers_.contains(pair)) return;
  if (!known_.try_emplace(std::move(pair), true).second) return;
  asked_.push_back({excerpt(written, 4096), where.to_string(), firm, score});
}

std::vector<NameQuestion> NameQuestions::all(const EnterpriseGraph& graph) const {
  std::vector<NameQuestion> questions;
  StringMap<const NameQuestion*> noted;  // what people wrote beside a question that is open still
  for (const NameQuestion& one : before_) {
    if (one.answer != Confirmed::Open || (one.notes.empty() && one.other.empty())) continue;
    noted.try_emplace(key(one.written, one.firm), &one);
  }
  for (const OpenQuestion& one : asked_) {
    const EntityId firm = graph.entity(FirmId{one.firm});
    NameQuestion question;
    question.written = one.written;
    question.where = one.where;
    question.firm = graph.name(firm);
    question.code = graph.text(firm, EntityText::Code);
    question.region = region_full_name(graph.region(firm).code);
    question.score = one.score;
    if (!noted.empty()) {
      if (const auto found = noted.find(key(question.written, question.firm));
          found != noted.end()) {
        question.other = found->second->other;
        question.notes = found->second->notes;
      }
    }
    questions.push_back(std::move(question));
  }
  for (const NameQuestion& one : before_) {
    if (one.answer != Confirmed::Open) questions.push_back(one);
  }
  return questions;
}

}  // namespace liantu

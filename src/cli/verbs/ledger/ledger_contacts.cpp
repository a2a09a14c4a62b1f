#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text/excerpt.hpp"
#include "cli/verbs/ledger/ledger.hpp"
#include "liantu/base/text/path_text.hpp"
#include "liantu/chain/firms/district.hpp"

namespace liantu::cli {
namespace {

// The firm of a graph that has a credit code, else a name; nothing when there is none or several.
std::optional<FirmId> firm_of(const EnterpriseGraph& graph, std::string_view code,
                              std::string_view name) {
  for (const std::string_view words : {code, name}) {
    if (words.empty()) continue;
    const std::vector<EntityId> found = graph.find(EntityKind::Firm, words);
    if (found.size() == 1) return FirmId{graph.local(found.front())};
  }
  return std::nullopt;
}

KnownContact contact_of(FirmId firm, const StageChange& now) {
  KnownContact contact;
  contact.firm = firm;
  contact.stage = stage_text(now.stage);
  contact.since = now.day;
  contact.reason = now.reason;
  if (ends(now.stage)) {
    contact.state = ContactState::Lost;
  } else if (now.stage == LedgerStage::ContactSigned ||
             stage_of(now.stage) == SubjectKind::Project) {
    contact.state = ContactState::Signed;
  }
  return contact;
}

// Of several histories of a firm: a project before a contact, what is alive before what has ended.
int weight(const KnownContact& contact, SubjectKind kind) {
  if (contact.state == ContactState::Signed) return kind == SubjectKind::Project ? 4 : 3;
  if (contact.state == ContactState::InProgress) return 2;
  return kind == SubjectKind::Project ? 1 : 0;
}

}  // namespace

LedgerContacts ledger_contacts(const Call& call, const EnterpriseGraph& graph,
                               const GapOptions& district) {
  const std::filesystem::path path = call.get<std::string>("ledger");
  const Ledger ledger = open_ledger(call, path, LedgerAccess::Read);
  const LedgerBook book = ledger.read();
  LedgerContacts result;
  result.input = ledger_run(call, path, book).inputs.front();
  const District place = complete_district(district.district);
  std::map<FirmId, std::pair<int, KnownContact>> known;
  std::vector<std::string> strangers;
  for (const Subject& subject : book.subjects) {
    const StageChange* now = stage_at(subject);
    if (subject.kind == SubjectKind::Team || now == nullptr) continue;
    const bool project = subject.kind == SubjectKind::Project;
    std::string_view code = subject.code;
    if (code.empty()) code = words_at(subject, FactKey::CreditCode);
    const std::string& name = project ? subject.firm : subject.name;
    const auto firm = firm_of(graph, code, name);
    if (!firm) {
      strangers.push_back(name.empty() ? subject.key : name);
      continue;
    }
    const KnownContact contact = contact_of(*firm, *now);
    const int rank = weight(contact, subject.kind);
    const auto [entry, fresh] = known.try_emplace(*firm, rank, contact);
    if (!fresh && rank > entry->second.first) entry->second = {rank, contact};
    const bool produces = project && !ends(now->stage) && now->stage >= LedgerStage::Producing;
    const bool here = standing(graph, *firm, place) == Standing::Inside;
    if (produces && !here && std::ranges::find(result.makers, *firm) == result.makers.end()) {
      result.makers.push_back(*firm);
    }
  }
  for (const auto& [firm, entry] : known) result.contacts.push_back(entry.second);
  if (!strangers.empty()) {
    tell(call.language == Language::Zh
             ? fmt::format("{}：台账中有 {} 个对象的企业不在图中：{}", path_text(path.filename()),
                           strangers.size(), excerpts(strangers, "、"))
             : fmt::format("{}: firms of {} subjects of the ledger are not in the graph: {}",
                           path_text(path.filename()), strangers.size(),
                           excerpts(strangers, ", ")));
  }
  return result;
}

}  // namespace liantu::cli

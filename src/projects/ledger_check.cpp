#include "liantu/projects/ledger_check.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/base/values/firm_name.hpp"

namespace liantu {
namespace {

constexpr std::array<std::string_view, 10> kWords = {"overdue",
                                                     "skipped",
                                                     "future_day",
                                                     "no_evidence",
                                                     "evidence_reused",
                                                     "evidence_changed",
                                                     "funds_above_investment",
                                                     "no_plan",
                                                     "no_team",
                                                     "no_project"};

void require_day(Date today) {
  if (is_day(today)) return;
  throw Error(ErrorCode::InvalidArgument,
              {"the day of today is not given in full; give year, month and day",
               "当天日期不完整；请写年月日"});
}

bool over(const Subject& subject) {
  const StageChange* now = stage_at(subject);
  return now != nullptr && ends(now->stage);
}

// Whether a project has come as far as a stage, whatever it skipped.
bool came_to(const Subject& subject, LedgerStage stage) {
  return std::ranges::any_of(subject.stages, [&](const StageChange& one) {
    return !ends(one.stage) && one.stage >= stage;
  });
}

/// Looks at one subject after another.
class Checker {
 public:
  Checker(const LedgerBook& book, const CheckOptions& options) : book_(book), options_(options) {}

  std::vector<LedgerFinding> run() {
    for (const DueItem& item : due_items(book_, options_.today)) overdue(item);
    for (std::size_t i = 0; i < book_.subjects.size(); ++i) check_subject(i);
    check_reuse();
    std::ranges::stable_sort(found_, {}, [](const LedgerFinding& one) {
      return std::tuple(-static_cast<int>(one.severity), one.doubt, -one.days, one.subject,
                        one.row.value_or(LedgerRow{0}));
    });
    return std::move(found_);
  }

 private:
  void find(LedgerDoubt doubt, Severity severity, std::size_t subject, std::optional<LedgerRow> row,
            Text what, Text remedy) {
    found_.push_back({doubt, severity, subject, row, 0, std::move(what), std::move(remedy)});
  }

  void overdue(const DueItem& item) {
    if (item.days_left >= 0) return;
    const Text due = item.stage ? stage_text(*item.stage) : Text{"next step", "下一步"};
    find(LedgerDoubt::Overdue, Severity::Warning, item.subject, item.row,
         {fmt::format("{} was due on {}, {} days ago", due.en, item.day.to_string(),
                      -item.days_left),
          fmt::format("{}应于 {} 完成，已逾期 {} 天", due.zh, item.day.to_string(),
                      -item.days_left)},
         {"record it with its evidence, or state a new day",
          "已完成的请登记并附佐证；未完成的请更新计划日期"});
    found_.back().days = -item.days_left;
  }

  void check_subject(std::size_t i) {
    const Subject& subject = book_.subjects[i];
    for (const StageChange& one : subject.stages) check_day(i, one.row, one.day, one.entry);
    for (const Fact& one : subject.facts) check_day(i, one.row, one.day, one.entry);
    if (subject.kind == SubjectKind::Project) check_project(i);
    if (subject.kind == SubjectKind::Contact) check_contact(i);
  }

  void check_day(std::size_t i, LedgerRow row, Date day, std::size_t entry) {
    const Date recorded = book_.entries[entry].day();
    const Date end = std::min(recorded, options_.today);
    if (!(day > end)) return;
    find(LedgerDoubt::FutureDay, Severity::Error, i, row,
         {fmt::format("{} lies after {}", day.to_string(), end.to_string()),
          fmt::format("{} 晚于 {}", day.to_string(), end.to_string())},
         {"withdraw the row and record the day on which it happened",
          "请撤销该行，按实际发生日期重新登记"});
  }

  void check_project(std::size_t i) {
    const Subject& subject = book_.subjects[i];
    for (const StageChange& one : subject.stages) check_evidence(i, one);
    std::vector<LedgerStage> passed_over;
    for (const LedgerStage stage : stages_of(SubjectKind::Project)) {
      if (ends(stage)) continue;
      if (came_to(subject, stage) && reached(subject, stage) == nullptr)
        passed_over.push_back(stage);
    }
    if (!passed_over.empty()) {
      Text names;
      for (const LedgerStage stage : passed_over) {
        names.en += (names.en.empty() ? "" : ", ") + stage_text(stage).en;
        names.zh += (names.zh.empty() ? "" : "、") + stage_text(stage).zh;
      }
      find(LedgerDoubt::Skipped, Severity::Warning, i, std::nullopt,
           {fmt::format("passed over: {}", names.en), fmt::format("跳过了：{}", names.zh)},
           {"record when that was reached", "请补登该阶段的日期和佐证"});
    }
    const auto funds = number_at(subject, FactKey::FundsInPlace);
    const auto investment = number_at(subject, FactKey::Investment);
    if (funds && investment && *funds > *investment) {
      find(LedgerDoubt::FundsAboveInvestment, Severity::Warning, i,
           fact_at(subject, FactKey::FundsInPlace)->row,
           {fmt::format("funds in place, CNY {}, exceed the investment, CNY {}", *funds,
                        *investment),
            fmt::format("到位资金 {} 元超过总投资 {} 元", *funds, *investment)},
           {"check both amounts and their units", "请核对两个金额及单位"});
    }
    if (over(subject)) return;
    if (words_at(subject, FactKey::Team).empty()) no_team(i);
    const StageChange* now = stage_at(subject);
    const auto next = now == nullptr ? std::nullopt : next_stage(now->stage);
    const FactField* plan = next ? plan_of(*next) : nullptr;
    if (plan != nullptr && fact_at(subject, plan->key) == nullptr) {
      find(LedgerDoubt::NoPlan, Severity::Note, i, std::nullopt,
           {fmt::format("no day is planned for \"{}\"", stage_text(*next).en),
            fmt::format("未填“{}”", plan->heading.zh)},
           {fmt::format("state {}", plan->word), fmt::format("请填{}日期", plan->heading.zh)});
    }
  }

  void no_team(std::size_t i) {
    find(LedgerDoubt::NoTeam, Severity::Note, i, std::nullopt,
         {"nobody is in charge", "未写招商单位"}, {"state the team", "请填招商单位"});
  }

  void check_contact(std::size_t i) {
    const Subject& subject = book_.subjects[i];
    if (over(subject)) return;
    if (words_at(subject, FactKey::Team).empty()) no_team(i);
    const StageChange* now = stage_at(subject);
    if (now == nullptr || now->stage != LedgerStage::ContactSigned) return;
    if (projects_.empty()) {
      for (const Subject& one : book_.subjects) {
        if (one.kind != SubjectKind::Project) continue;
        projects_["#" + one.code] = true;
        projects_[normalize_firm_name(one.firm).full] = true;
      }
      projects_.erase("#");
    }
    if (projects_.contains("#" + subject.code) ||
        projects_.contains(normalize_firm_name(subject.name).full)) {
      return;
    }
    find(LedgerDoubt::NoProject, Severity::Warning, i, now->row,
         {"has signed, but the ledger has no project of the firm",
          "已签约，但台账中没有该企业的项目"},
         {"record the project with its code", "请登记项目及其编号"});
  }

  void check_evidence(std::size_t i, const StageChange& one) {
    // A later row that repeats the stage with its document stands for it.
    const StageChange* stands = reached(book_.subjects[i], one.stage);
    if (stands != &one) return;
    if (one.evidence.name.empty() || one.evidence.sha256.empty()) {
      const bool named = !one.evidence.name.empty();
      find(LedgerDoubt::NoEvidence, Severity::Warning, i, one.row,
           {fmt::format("\"{}\" {}", stage_text(one.stage).en,
                        named ? "names a document without its digest" : "names no document"),
            fmt::format("“{}”{}", stage_text(one.stage).zh,
                        named ? "的佐证材料没有哈希" : "没有佐证材料")},
           {"record the stage once more with --evidence FILE", "请用 --evidence 文件 补登"});
    }
    if (!one.evidence.sha256.empty()) proofs_[one.evidence.sha256].push_back({i, &one});
    for (const FoundEvidence& found : options_.evidence) {
      if (found.name != one.evidence.name || found.sha256 == one.evidence.sha256) continue;
      find(LedgerDoubt::EvidenceChanged, Severity::Error, i, one.row,
           found.sha256.empty()
               ? Text{fmt::format("the document {} is missing", found.name),
                      fmt::format("找不到佐证材料 {}", found.name)}
               : Text{fmt::format("the document {} is not the one that was recorded", found.name),
                      fmt::format("佐证材料 {} 与登记时不一致", found.name)},
           {"ask who has the original", "请核对原件"});
    }
  }

  void check_reuse() {
    for (const auto& [digest, uses] : proofs_) {
      if (uses.size() < 2) continue;
      for (const auto& [subject, change] : uses) {
        const auto& other = uses.front().second == change ? uses.back() : uses.front();
        const Subject& there = book_.subjects[other.first];
        find(LedgerDoubt::EvidenceReused, Severity::Warning, subject, change->row,
             {fmt::format("the same document also proves \"{}\" of {}",
                          stage_text(other.second->stage).en, there.key),
              fmt::format("同一份材料还用于 {} 的“{}”", there.key,
                          stage_text(other.second->stage).zh)},
             {"check whether it proves both", "请核实该材料能否同时证明两者"});
      }
    }
  }

  const LedgerBook& book_;
  const CheckOptions& options_;
  std::vector<LedgerFinding> found_;
  std::map<std::string, bool> projects_;  // by credit code and by name of their firms
  std::map<std::string, std::vector<std::pair<std::size_t, const StageChange*>>> proofs_;
};

}  // namespace

std::string_view doubt_word(LedgerDoubt doubt) { return kWords[static_cast<std::size_t>(doubt)]; }

std::vector<LedgerFinding> check_ledger(const LedgerBook& book, const CheckOptions& options) {
  require_day(options.today);
  return Checker(book, options).run();
}

std::vector<DueItem> due_items(const LedgerBook& book, Date today) {
  require_day(today);
  std::vector<DueItem> items;
  for (std::size_t i = 0; i < book.subjects.size(); ++i) {
    const Subject& subject = book.subjects[i];
    if (over(subject)) continue;
    const auto add = [&](std::optional<LedgerStage> stage, const Fact& fact) {
      const Date day = last_day(fact.value.day);
      items.push_back({i, stage, day, fact.row, days_between(today, day)});
    };
    for (const LedgerStage stage : stages_of(subject.kind)) {
      const FactField* plan = plan_of(stage);
      if (plan == nullptr || came_to(subject, stage)) continue;
      if (const Fact* fact = fact_at(subject, plan->key)) add(stage, *fact);
    }
    const Fact* deadline = fact_at(subject, FactKey::Deadline);
    if (deadline == nullptr) continue;
    // What happened since the deadline was set settles it.
    const StageChange* now = stage_at(subject);
    const bool settled = now != nullptr && now->day > deadline->day;
    if (!settled) add(std::nullopt, *deadline);
  }
  std::ranges::stable_sort(items, {},
                           [](const DueItem& one) { return std::tuple(one.day, one.subject); });
  return items;
}

}  // namespace liantu

#pragma once

#include "liantu/projects/ledger_book.hpp"

namespace liantu {

/// Two projects and a contact of two teams, as of 3 April 2025; all fictional.
inline LedgerBook small_book() {
  const auto stage = [](std::int64_t row, LedgerStage reached, Date day) {
    StageChange change;
    change.row = LedgerRow{row};
    change.stage = reached;
    change.day = day;
    return change;
  };
  const auto number = [](std::int64_t row, FactKey key, Date day, double value) {
    return Fact{LedgerRow{row}, key, day, {value, {}, {}}, 0};
  };
  const auto words = [](std::int64_t row, FactKey key, Date day, std::string value) {
    return Fact{LedgerRow{row}, key, day, {0, std::move(value), {}}, 0};
  };
  const auto day_fact = [](std::int64_t row, FactKey key, Date day, Date value) {
    return Fact{LedgerRow{row}, key, day, {0, {}, value}, 0};
  };
  const Date signed_on{2025, 2, 8};
  LedgerBook book;
  book.district = "示例区";
  book.as_of = {2025, 4, 3};
  book.entries = {{"2025-04-01T09:00:00+08:00", "示例员", "add"}};
  Subject contact;
  contact.kind = SubjectKind::Contact;
  contact.key = contact.name = "示例丙厂";
  contact.stages = {stage(1, LedgerStage::Negotiating, {2025, 3, 1})};
  contact.facts = {words(2, FactKey::Team, {2025, 3, 1}, "示例镇"),
                   words(3, FactKey::NextStep, {2025, 3, 1}, "商定协议"),
                   day_fact(4, FactKey::Deadline, {2025, 3, 1}, {2025, 4, 8}),
                   words(5, FactKey::ContactPhone, {2025, 3, 1}, "000-1")};
  Subject one;
  one.kind = SubjectKind::Project;
  one.key = "P1";
  one.name = "示例甲项目";
  one.firm = "示例甲厂";
  one.stages = {stage(6, LedgerStage::Signed, signed_on)};
  one.facts = {words(7, FactKey::Team, signed_on, "示例专班"),
               number(8, FactKey::Investment, signed_on, 2.5e9),
               number(9, FactKey::OutputPlanned, signed_on, 3e9),
               number(10, FactKey::TaxPlanned, signed_on, 1e8),
               number(11, FactKey::Outside, signed_on, 1),
               number(12, FactKey::OnChain, signed_on, 1),
               day_fact(13, FactKey::PlannedStarted, signed_on, {2025, 3, 31})};
  Subject other = one;
  other.key = "P2";
  other.name = "示例乙项目";
  other.firm = "示例乙厂";
  other.stages = {stage(14, LedgerStage::Signed, signed_on),
                  stage(15, LedgerStage::Started, {2025, 3, 20})};
  other.facts = {words(16, FactKey::Team, signed_on, "示例镇"),
                 number(17, FactKey::Investment, signed_on, 1e8)};
  Subject team;
  team.kind = SubjectKind::Team;
  team.key = team.name = "示例专班";
  team.facts = {number(18, FactKey::RatingTeam, {2025, 3, 30}, 90),
                number(19, FactKey::LeaderVisit, {2025, 3, 2}, 2)};
  book.subjects = {contact, one, other, team};
  book.rows = 19;
  return book;
}

}  // namespace liantu

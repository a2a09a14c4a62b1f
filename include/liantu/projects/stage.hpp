#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// What a ledger keeps the history of.
enum class SubjectKind : std::uint8_t {
  Contact,  ///< a firm that is called on
  Project,  ///< what a firm has signed
  Team,     ///< a task force, an office, a department or a town that takes part in the league
};
inline constexpr std::size_t kSubjectKinds = 3;

/// `contact`, `project`, `team`: the word machines read.
[[nodiscard]] std::string_view subject_word(SubjectKind kind);
/// contact 联系对象, project 项目, team 招商单位.
[[nodiscard]] Text subject_text(SubjectKind kind);
/// Reads either; nothing when it is none.
[[nodiscard]] std::optional<SubjectKind> parse_subject(std::string_view word);

/// How far a contact or a project has come, in the order in which they are reached.
enum class LedgerStage : std::uint8_t {
  // Of contacts, as in the yellow column 跟进阶段 of the prospect list:
  ToContact,
  Contacted,
  Visited,
  CameToSee,
  Negotiating,
  AboutToSign,
  ContactSigned,
  Lost,  ///< for a reason, from any stage
  // Of projects:
  Signed,
  Started,    ///< construction has begun
  Built,      ///< completed
  Producing,  ///< production has begun
  Effective,  ///< planned output and tax are reached (达产)
  Ended,      ///< terminated, for a reason, from any stage
};
inline constexpr std::size_t kLedgerStages = 14;

/// `to_contact`, …, `ended`: the word machines read.
[[nodiscard]] std::string_view stage_word(LedgerStage stage);
/// The word people read: 待接触 … 已流失, 签约 … 终止.
[[nodiscard]] Text stage_text(LedgerStage stage);
/// Contact or Project.
[[nodiscard]] SubjectKind stage_of(LedgerStage stage);
/// All stages of a kind in their order, the one that ends it last; none of teams.
[[nodiscard]] std::span<const LedgerStage> stages_of(SubjectKind kind);
/// Whether nothing follows it but the end: lost and ended end a history, with a reason.
[[nodiscard]] bool ends(LedgerStage stage);
/// The stage that is due after this one; nothing after the last one or an end.
[[nodiscard]] std::optional<LedgerStage> next_stage(LedgerStage stage);

/// Reads a stage of a kind in either language, with the other words in use: 已接触, 达产, 竣工, 开建 …
///
/// @return  Nothing when the kind has no such stage.
[[nodiscard]] std::optional<LedgerStage> parse_stage(SubjectKind kind, std::string_view word);

}  // namespace liantu

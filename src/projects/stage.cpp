#include "liantu/projects/stage.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

struct StageRow {
  std::string_view word;
  std::string_view en;
  std::string_view zh;
  std::string_view others;  // in use, too, each between two blanks
};

constexpr std::array<StageRow, kLedgerStages> kRows = {{
    {"to_contact", "to be contacted", "待接触", " 未接触 待联系 "},
    {"contacted", "contacted", "已联系", " 已接触 "},
    {"visited", "visited", "已拜访", " 拜访 "},
    {"came_to_see", "came to see us", "已考察", " 考察 "},
    {"negotiating", "negotiating", "洽谈中", " 洽谈 在谈 "},
    {"about_to_sign", "about to sign", "拟签约", " 待签约 "},
    {"contact_signed", "signed", "已签约", " 签约 "},
    {"lost", "lost", "已流失", " 流失 "},
    {"signed", "signed", "签约", " 已签约 "},
    {"started", "construction begun", "开工", " 已开工 开建 在建 "},
    {"built", "built", "建成", " 已建成 竣工 已竣工 "},
    {"producing", "producing", "投产", " 已投产 投用 "},
    {"effective", "in full effect", "见效", " 已见效 达产 已达产 "},
    {"ended", "terminated", "终止", " 已终止 "},
}};

constexpr std::array kContactStages = {LedgerStage::ToContact,     LedgerStage::Contacted,
                                       LedgerStage::Visited,       LedgerStage::CameToSee,
                                       LedgerStage::Negotiating,   LedgerStage::AboutToSign,
                                       LedgerStage::ContactSigned, LedgerStage::Lost};
constexpr std::array kProjectStages = {LedgerStage::Signed,    LedgerStage::Started,
                                       LedgerStage::Built,     LedgerStage::Producing,
                                       LedgerStage::Effective, LedgerStage::Ended};

constexpr std::array<std::string_view, kSubjectKinds> kSubjects = {"contact", "project", "team"};

const StageRow& row(LedgerStage stage) { return kRows[static_cast<std::size_t>(stage)]; }

}  // namespace

std::string_view subject_word(SubjectKind kind) {
  return kSubjects[static_cast<std::size_t>(kind)];
}

Text subject_text(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::Contact:
      return {"contact", "联系对象"};
    case SubjectKind::Project:
      return {"project", "项目"};
    case SubjectKind::Team:
      break;
  }
  return {"team", "招商单位"};
}

std::optional<SubjectKind> parse_subject(std::string_view word) {
  for (std::size_t i = 0; i < kSubjectKinds; ++i) {
    const auto kind = static_cast<SubjectKind>(i);
    if (word == kSubjects[i] || word == subject_text(kind).zh) return kind;
  }
  return std::nullopt;
}

std::string_view stage_word(LedgerStage stage) { return row(stage).word; }

Text stage_text(LedgerStage stage) {
  return {std::string(row(stage).en), std::string(row(stage).zh)};
}

SubjectKind stage_of(LedgerStage stage) {
  return stage <= LedgerStage::Lost ? SubjectKind::Contact : SubjectKind::Project;
}

std::span<const LedgerStage> stages_of(SubjectKind kind) {
  if (kind == SubjectKind::Contact) return kContactStages;
  if (kind == SubjectKind::Project) return kProjectStages;
  return {};
}

bool ends(LedgerStage stage) { return stage == LedgerStage::Lost || stage == LedgerStage::Ended; }

std::optional<LedgerStage> next_stage(LedgerStage stage) {
  const bool last = stage == LedgerStage::ContactSigned || stage == LedgerStage::Effective;
  if (last || ends(stage)) return std::nullopt;
  return static_cast<LedgerStage>(static_cast<std::uint8_t>(stage) + 1);
}

std::optional<LedgerStage> parse_stage(SubjectKind kind, std::string_view word) {
  const std::string plain = normalize_width(trim(word));
  if (plain.empty()) return std::nullopt;
  for (const LedgerStage stage : stages_of(kind)) {
    const StageRow& one = row(stage);
    if (plain == one.word || plain == one.en || plain == one.zh) return stage;
  }
  if (plain.find(' ') != std::string::npos) return std::nullopt;
  for (const LedgerStage stage : stages_of(kind)) {
    if (row(stage).others.find(" " + plain + " ") != std::string_view::npos) return stage;
  }
  return std::nullopt;
}

}  // namespace liantu

#pragma once

#include <filesystem>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include "liantu/projects/ledger.hpp"

namespace liantu {

/// A ledger in a folder that is removed with it.
class LedgerCase {
 public:
  explicit LedgerCase(const std::string& name)
      : folder_(std::filesystem::temp_directory_path() /
                ("liantu_" + name + "_" + std::to_string(getpid()))) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  LedgerCase(const LedgerCase&) = delete;
  LedgerCase& operator=(const LedgerCase&) = delete;
  ~LedgerCase() {
    std::error_code ignored;
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(folder_, ignored);
  }
  [[nodiscard]] std::filesystem::path file(const std::string& name = "district.ledger") const {
    return folder_ / name;
  }

 private:
  std::filesystem::path folder_;
};

inline LedgerEntry entry_on(Date day, std::string by = "张") {
  return {day.to_string() + "T09:00:00+08:00", std::move(by), "add"};
}

inline LedgerLine project_line(std::string code, LedgerStage stage, Date day,
                               std::vector<std::pair<FactKey, FactValue>> facts = {}) {
  LedgerLine line;
  line.kind = SubjectKind::Project;
  line.key = code;
  line.name = code + "项目";
  line.firm = code + "公司";
  line.stage = stage;
  line.day = day;
  line.facts = std::move(facts);
  return line;
}

inline LedgerLine contact_line(std::string name, LedgerStage stage, Date day,
                               std::string reason = {}) {
  LedgerLine line;
  line.kind = SubjectKind::Contact;
  line.name = std::move(name);
  line.stage = stage;
  line.day = day;
  line.reason = std::move(reason);
  return line;
}

inline LedgerLine team_line(std::string name, Date day,
                            std::vector<std::pair<FactKey, FactValue>> facts) {
  LedgerLine line;
  line.kind = SubjectKind::Team;
  line.key = std::move(name);
  line.day = day;
  line.facts = std::move(facts);
  return line;
}

inline std::pair<FactKey, FactValue> number(FactKey key, double value) {
  return {key, {value, {}, {}}};
}
inline std::pair<FactKey, FactValue> text(FactKey key, std::string words) {
  return {key, {0, std::move(words), {}}};
}
inline std::pair<FactKey, FactValue> day(FactKey key, Date value) { return {key, {0, {}, value}}; }

/// `签约 2025-02-08` … of a subject, in order.
inline std::string history(const Subject& subject) {
  std::string out;
  for (const StageChange& one : subject.stages) {
    out += (out.empty() ? "" : ", ") + stage_text(one.stage).zh + " " + one.day.to_string();
  }
  return out;
}

}  // namespace liantu

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/projects/ledger_book.hpp"

namespace LIANTU_API liantu {

/// The schema that this version writes; earlier ones are brought to it, later ones refused.
inline constexpr int kLedgerSchema = 2;

/// Which day of the ledger is looked at.
struct LedgerMoment {
  Date as_of;     ///< what happened later is left out
  Date known_on;  ///< what was recorded later is left out
};

/// A row that somebody wants to write: a subject, and what is new of it.
struct LedgerLine {
  SubjectKind kind = SubjectKind::Project;
  std::string key;   ///< a project's code, a team's name; of a contact what it is called when empty
  std::string name;  ///< empty: as it is called already
  std::string firm;  ///< of a project
  std::string code;  ///< credit code of the firm
  Date day;          ///< since when it holds; known to the day
  std::optional<LedgerStage> stage;
  std::string person;
  std::string reason;
  StageEvidence evidence;
  std::string remark;
  std::vector<std::pair<FactKey, FactValue>> facts;
  InputPlace place;      ///< where it was written, for messages
  bool summary = false;  ///< restates what another line may say with more: taken last of its day
};

/// What became of lines that somebody wanted to write.
struct AppendResult {
  std::size_t stages = 0;         ///< rows added
  std::size_t facts = 0;          ///< rows added
  std::size_t subjects = 0;       ///< that are new
  std::size_t unchanged = 0;      ///< lines that say nothing new
  std::vector<LedgerRow> rows;    ///< that were added
  std::vector<Problem> problems;  ///< lines that were left out, and why
};

enum class LedgerAccess : std::uint8_t { Read, Write };

/// Where a ledger lies, which decides how it is written.
enum class LedgerPlace : std::uint8_t {
  Local,    ///< a log of writes beside the file (WAL): readers never wait
  Network,  ///< a rollback journal: such shares have no memory that computers share
};

/// One file of a district's contacts and projects with their whole history. Rows are only ever added;
/// what was wrong is withdrawn by another row and stays. Several programs may have it open; each
/// append is written whole, and is on disk when append() returns. Not for several threads at once.
class Ledger {
 public:
  /// Makes a new file.
  /// @throws Error{Io} if it exists or the folder cannot be written.
  [[nodiscard]] static Ledger create(const std::filesystem::path& path, std::string district);
  /// Opens a file; for writing one of an earlier schema is brought to kLedgerSchema, for reading a
  /// copy in memory is.
  ///
  /// @param wait_ms  How long to wait for another program that is writing.
  /// @throws Error{Io} if it is missing, locked or, for writing, may not be written; Error{InvalidData}
  ///         if it is not a ledger, of a later schema, or changed by another program.
  /// @complexity  O(1), beside bringing an earlier schema to the present one.
  [[nodiscard]] static Ledger open(const std::filesystem::path& path, LedgerAccess access,
                                   int wait_ms = 10'000);

  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  [[nodiscard]] LedgerPlace place() const;
  /// The schema that the file had when it was opened.
  [[nodiscard]] int schema_found() const;

  /// What the ledger says.
  /// @throws Error{InvalidData} if the file is damaged; Error{Io} if it cannot be read.
  /// @complexity  O(R log R); R rows.
  [[nodiscard]] LedgerBook read(const LedgerMoment& moment = {}) const;

  /// Writes lines, the good ones all or none.
  ///
  /// @param entry  Who writes, and when: no stage may lie after its day.
  /// @param lines  In any order: of one subject the earlier day comes first.
  /// @return       See AppendResult. A line is left out if it names no subject, gives a new project no
  ///               name or one that is there another name or firm, puts a stage before signing, before
  ///               an earlier stage, after a later one or after the end, ends without a reason, or
  ///               states a day that is not known or lies after the entry's.
  /// @throws Error{Io} if the file cannot be written, such as for a full disk or another program that
  ///         does not end: the ledger is then what it was before.
  /// @complexity  Up to 64 lines: O(C + L log R + L H), where codes are given of contacts O(R) more;
  ///              else O(R log R + L log L + L H); C contacts, R rows of the ledger, L lines, H rows
  ///              of a subject.
  AppendResult append(const LedgerEntry& entry, std::vector<LedgerLine> lines);

  /// Withdraws a row: it stays, with the reason, and counts nowhere.
  /// @throws Error{NotFound} if there is no such row; Error{InvalidArgument} if it is withdrawn already
  ///         or the reason is empty; Error{Io} as append().
  void withdraw(const LedgerEntry& entry, LedgerRow row, const std::string& reason);

 private:
  struct Body;
  explicit Ledger(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

/// Whether a file system's number (statfs) is that of a share on a network: NFS, SMB, CIFS, AFS, Ceph,
/// 9P and those that FUSE brings in.
[[nodiscard]] bool is_network_share(std::int64_t file_system);

}  // namespace liantu

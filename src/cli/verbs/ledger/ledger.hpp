#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "liantu/projects/ledger.hpp"
#include "liantu/projects/ledger_import.hpp"
#include "liantu/prospects/firms/known_contact.hpp"
#include "liantu/tables/cells/table.hpp"

namespace liantu::cli {

/// A day that an option names; not known when it is not given.
[[nodiscard]] Date ledger_day(const Call& call, const char* option);
/// `--as-of`, else today, as the machine's clock has it.
[[nodiscard]] Date ledger_today(const Call& call);
/// Who writes now: `--by`, else the name that the machine knows the user by.
[[nodiscard]] LedgerEntry ledger_entry(const Call& call, std::string source);
/// `--as-of` and `--known-on`.
[[nodiscard]] LedgerMoment ledger_moment(const Call& call);
/// Opens a ledger and says what has to be said about where it lies.
[[nodiscard]] Ledger open_ledger(const Call& call, const std::filesystem::path& path,
                                 LedgerAccess access);
/// How an output of a ledger was made: its name with a digest of what it says, whichever file holds it.
[[nodiscard]] RunInfo ledger_run(const Call& call, const std::filesystem::path& path,
                                 const LedgerBook& book);

/// What a ledger knows of the firms of a graph.
struct LedgerContacts {
  std::vector<KnownContact> contacts;         ///< ascending by firm
  std::vector<FirmId> makers;                 ///< that have signed, and whose production has begun
  std::pair<std::string, std::string> input;  ///< the ledger's name and digest
};

/// Reads the ledger that `--ledger` names as of the latest day it states. It says which of its firms
/// the graph does not have.
///
/// @param district  Firms that stand in it already are no makers that come.
[[nodiscard]] LedgerContacts ledger_contacts(const Call& call, const EnterpriseGraph& graph,
                                             const GapOptions& district);

/// A table as the ledger takes it.
[[nodiscard]] LedgerTable ledger_table(const Table& table);

/// `init`, `add` and `import`.
[[nodiscard]] Exit init_ledger(const Call& call, const std::filesystem::path& path);
[[nodiscard]] Exit add_to_ledger(const Call& call, const std::filesystem::path& path);
[[nodiscard]] Exit import_into_ledger(const Call& call, const std::filesystem::path& path,
                                      const std::vector<std::filesystem::path>& tables);

}  // namespace liantu::cli

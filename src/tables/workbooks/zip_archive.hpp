#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "liantu/tables/cells/table.hpp"

namespace liantu {

/// The files in a workbook, which is a zip archive in memory. Nothing is written to disk.
class ZipArchive {
 public:
  /// @param bytes    The archive; must outlive this.
  /// @param file     Name used in messages; must outlive this.
  /// @param options  Limits and the stop token; must outlive this.
  /// @throws Error{InvalidData} if it is no archive, is cut off, encrypted, or has entries that
  ///         share bytes; Error{LimitReached} if it has too many entries.
  /// @source  APPNOTE.TXT 6.3.10 of PKWARE.
  ZipArchive(std::string_view bytes, const std::string& file, const TableOptions& options);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  /// Place of an entry in the archive; letters count the same in either case, as they do for
  /// spreadsheet programs.
  [[nodiscard]] std::optional<std::uint64_t> find(std::string_view name) const;

  /// Hands an entry to `take`, piece by piece, which asks for memory of a size and says what was
  /// put into it: `give(capacity)` returns where to write, `use(count, last)` whether to go on.
  ///
  /// @throws Error{InvalidData} if it is broken; Error{LimitReached} if it is inflated to too much;
  ///         Error{Cancelled}.
  void read(std::uint64_t entry, const std::function<void*(std::size_t)>& give,
            const std::function<bool(std::size_t, bool)>& use);

 private:
  struct Handle;

  void check_directory(std::string_view bytes) const;

  const std::string& file_;
  const TableOptions& options_;
  std::unique_ptr<Handle> handle_;
  std::uint64_t inflated_ = 0;  ///< of all entries read
};

/// Why a file is not read, and what to do about it.
struct Refusal {
  Text wrong;
  Text remedy;
};

/// What a file that should be a workbook is instead; nothing when it is an archive.
[[nodiscard]] std::optional<Refusal> not_an_archive(std::string_view bytes);

}  // namespace liantu

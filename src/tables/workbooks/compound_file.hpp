#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liantu {

/// The streams of an OLE compound file, in which old Office programs keep their documents.
class CompoundFile {
 public:
  /// @param bytes  The file; must outlive this.
  /// @param file   Name used in messages.
  /// @throws Error{InvalidData} if the header or the table of sectors is broken.
  /// @complexity   Linear in the table of sectors.
  /// @source       [MS-CFB].
  CompoundFile(std::string_view bytes, const std::string& file);

  /// Whether there is a stream of this name, in whatever storage.
  [[nodiscard]] bool has(std::string_view name) const;

  /// The content of a stream; nothing when there is none of the name.
  /// @throws Error{InvalidData} if its chain of sectors is broken or shorter than the stream.
  [[nodiscard]] std::optional<std::string> read(std::string_view name) const;

 private:
  struct Stream {
    std::string name;  ///< as ASCII; other characters are `?`
    std::uint32_t first = 0;
    std::uint64_t size = 0;
  };

  [[nodiscard]] std::uint32_t number(std::uint64_t at) const;
  [[nodiscard]] std::string_view sector(std::uint32_t index) const;
  [[nodiscard]] std::string chain(std::uint32_t first, std::uint64_t size) const;
  [[nodiscard]] std::string mini_chain(std::uint32_t first, std::uint64_t size) const;
  [[noreturn]] void refuse() const;

  std::string_view bytes_;
  const std::string& file_;
  std::uint32_t shift_ = 9;
  std::vector<std::uint32_t> next_;       ///< sector after each sector
  std::vector<std::uint32_t> next_mini_;  ///< the same of the small sectors
  std::string mini_;                      ///< the small sectors
  std::uint32_t mini_cutoff_ = 4096;      ///< streams shorter than this are kept in small sectors
  std::vector<Stream> streams_;
};

}  // namespace liantu

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

/// Takes snapshots apart byte by byte, without a line of the library, so that tests and the fuzzer
/// can damage what lies behind the checksums.
namespace liantu::test {

inline constexpr std::size_t kHeaderBytes = 64;
inline constexpr std::size_t kEntryBytes = 64;

template <typename T>
[[nodiscard]] T load(const std::string& bytes, std::size_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}
template <typename T>
void store(std::string& bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

/// Number of sections that the table has room for.
[[nodiscard]] inline std::size_t section_count(const std::string& bytes) {
  if (bytes.size() < kHeaderBytes) return 0;
  const std::size_t room = (bytes.size() - kHeaderBytes) / kEntryBytes;
  const std::size_t stated = load<std::uint32_t>(bytes, 16);
  return stated < room ? stated : room;
}

/// Where the entry of a section stands in the table.
[[nodiscard]] inline std::optional<std::size_t> find_entry(const std::string& bytes,
                                                           std::string_view name) {
  for (std::size_t i = 0; i < section_count(bytes); ++i) {
    const std::size_t entry = kHeaderBytes + i * kEntryBytes;
    if (name == bytes.data() + entry + 32) return entry;
  }
  return std::nullopt;
}

/// Makes file size and all checksums fit what the bytes say now.
inline void repair_snapshot(std::string& bytes) {
  if (bytes.size() < kHeaderBytes) return;
  store<std::uint64_t>(bytes, 24, bytes.size());
  const std::size_t sections = section_count(bytes);
  for (std::size_t i = 0; i < sections; ++i) {
    const std::size_t entry = kHeaderBytes + i * kEntryBytes;
    const auto offset = load<std::uint64_t>(bytes, entry + 8);
    const auto size = load<std::uint64_t>(bytes, entry + 16);
    if (offset > bytes.size() || size > bytes.size() - offset) continue;
    store<std::uint64_t>(bytes, entry + 24, XXH3_64bits(bytes.data() + offset, size));
  }
  store<std::uint64_t>(bytes, 32, 0);
  store<std::uint64_t>(bytes, 32, XXH3_64bits(bytes.data(), kHeaderBytes + sections * kEntryBytes));
}

}  // namespace liantu::test

#include "tables/workbooks/compound_file.hpp"

#include <algorithm>
#include <limits>

#include "liantu/base/text/error.hpp"

namespace liantu {
namespace {

constexpr std::uint32_t kLastRegular = 0xFFFFFFFAU;  // above it stand marks such as "end of chain"
constexpr std::uint32_t kMiniShift = 6;
constexpr std::size_t kEntryBytes = 128;
constexpr std::size_t kHeaderTable = 109;  // sectors of the table that the header names
constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i]));
  };
  return byte(0) | byte(1) << 8U | byte(2) << 16U | byte(3) << 24U;
}

}  // namespace

CompoundFile::CompoundFile(std::string_view bytes, const std::string& file)
    : bytes_(bytes), file_(file) {
  if (bytes.size() < 512) refuse();
  shift_ = number(30) & 0xFFFFU;
  if (shift_ != 9 && shift_ != 12) refuse();
  mini_cutoff_ = number(56);
  const std::uint64_t sectors = bytes.size() >> shift_;

  // Which sectors hold the table that says which sector follows which.
  std::vector<std::uint32_t> table;
  const auto add = [&](std::uint32_t index) {
    if (index <= kLastRegular && table.size() <= sectors) table.push_back(index);
  };
  for (std::size_t i = 0; i < kHeaderTable; ++i) add(number(76 + 4 * i));
  std::uint32_t more = number(68);
  for (std::uint64_t met = 0; more <= kLastRegular; ++met) {
    if (met > sectors) refuse();
    const std::string_view list = sector(more);
    for (std::size_t at = 0; at + 8 <= list.size(); at += 4) add(number_at(list, at));
    more = number_at(list, list.size() - 4);
  }
  for (const std::uint32_t index : table) {
    const std::string_view part = sector(index);
    for (std::size_t at = 0; at < part.size() && next_.size() <= sectors; at += 4) {
      next_.push_back(number_at(part, at));
    }
  }

  const std::string folder = chain(number(48), kAll);
  for (std::size_t at = 0; at + kEntryBytes <= folder.size(); at += kEntryBytes) {
    const std::string_view entry = std::string_view(folder).substr(at, kEntryBytes);
    const char type = entry[66];
    const std::uint32_t first = number_at(entry, 116);
    // Before version 4 the upper half of a size is not defined.
    const std::uint64_t size = number_at(entry, 120);
    if (type == 5 && size > 0) mini_ = chain(first, size);
    if (type != 2) continue;
    const std::size_t length = std::min<std::size_t>(number_at(entry, 64) & 0xFFFFU, 64);
    Stream stream{{}, first, size};
    for (std::size_t i = 0; i + 2 < length; i += 2) {
      stream.name += entry[i + 1] == 0 ? entry[i] : '?';
    }
    streams_.push_back(std::move(stream));
  }
  if (const std::uint32_t mini = number(60); mini <= kLastRegular) {
    const std::string words = chain(mini, kAll);
    for (std::size_t at = 0; at + 4 <= words.size(); at += 4) {
      next_mini_.push_back(number_at(words, at));
    }
  }
}

bool CompoundFile::has(std::string_view name) const {
  return std::ranges::find(streams_, name, &Stream::name) != streams_.end();
}

std::optional<std::string> CompoundFile::read(std::string_view name) const {
  const auto stream = std::ranges::find(streams_, name, &Stream::name);
  if (stream == streams_.end()) return std::nullopt;
  return stream->size < mini_cutoff_ ? mini_chain(stream->first, stream->size)
                                     : chain(stream->first, stream->size);
}

std::uint32_t CompoundFile::number(std::uint64_t at) const {
  return number_at(bytes_, static_cast<std::size_t>(at));
}

// The last sector of a file that a careless program wrote may be short.
std::string_view CompoundFile::sector(std::uint32_t index) const {
  const std::uint64_t begin = (std::uint64_t{index} + 1) << shift_;
  if (begin >= bytes_.size()) refuse();
  const std::string_view part =
      bytes_.substr(static_cast<std::size_t>(begin), std::size_t{1} << shift_);
  if (part.size() % 4 != 0) refuse();
  return part;
}

std::string CompoundFile::chain(std::uint32_t first, std::uint64_t size) const {
  if (size != kAll && size > bytes_.size()) refuse();
  std::string content;
  if (size != kAll) content.reserve(static_cast<std::size_t>(size));
  std::uint64_t met = 0;
  for (std::uint32_t at = first; at <= kLastRegular && content.size() < size; at = next_[at]) {
    if (at >= next_.size() || ++met > next_.size()) refuse();
    // A short last sector is filled up by what comes next in a chain, which nothing does.
    const std::uint64_t begin = (std::uint64_t{at} + 1) << shift_;
    if (begin >= bytes_.size()) refuse();
    content += bytes_.substr(static_cast<std::size_t>(begin), std::size_t{1} << shift_);
  }
  if (size == kAll) return content;
  if (content.size() < size) refuse();
  content.resize(static_cast<std::size_t>(size));
  return content;
}

std::string CompoundFile::mini_chain(std::uint32_t first, std::uint64_t size) const {
  std::string content;
  std::uint64_t met = 0;
  for (std::uint32_t at = first; content.size() < size; at = next_mini_[at]) {
    if (at >= next_mini_.size() || ++met > next_mini_.size()) refuse();
    const std::uint64_t begin = std::uint64_t{at} << kMiniShift;
    if (begin >= mini_.size()) refuse();
    content += std::string_view(mini_).substr(static_cast<std::size_t>(begin),
                                              std::size_t{1} << kMiniShift);
  }
  content.resize(static_cast<std::size_t>(size));
  return content;
}

void CompoundFile::refuse() const {
  throw Error{ErrorCode::InvalidData,
              {file_ + ": is cut off or broken (the table of its sectors does not fit it); open it "
                       "in the spreadsheet program and save it as .xlsx, or copy it again",
               file_ + "：文件不完整或已损坏（扇区表与内容不符）；请用表格软件打开后另存为 .xlsx，"
                       "或重新复制"}};
}

}  // namespace liantu

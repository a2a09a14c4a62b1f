#include "liantu/graph/snapshot.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <xxhash.h>

#include "base/files/mapped_file.hpp"
#include "base/run/parallel.hpp"
#include "graph/builder_access.hpp"
#include "graph/snapshot_format.hpp"
#include "graph/verify.hpp"
#include "liantu/base/files/digest.hpp"
#include "liantu/base/files/file_kind.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/base/text/path_text.hpp"

namespace liantu {
namespace {

using detail::Column;
using detail::ColumnLength;
using detail::kSectionAlignment;
using detail::SnapshotHeader;
using detail::SnapshotSection;

std::uint64_t checksum(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::uint64_t aligned(std::uint64_t offset) {
  return (offset + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

template <typename T>
std::string_view bytes_of(const Column<T>& column) {
  return {reinterpret_cast<const char*>(column.data()), column.size_bytes()};
}

/// Checksum of header and section table as if the header held none.
std::uint64_t head_checksum(SnapshotHeader header, std::string_view table) {
  header.checksum = 0;
  std::string head(sizeof header, '\0');
  std::memcpy(head.data(), &header, sizeof header);
  head += table;
  return checksum(head);
}

/// Reads a snapshot section by section; nothing that stands in it is taken on trust.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& file, Verify verify)
      : bytes_(bytes), file_(file), verify_(verify) {}

  std::shared_ptr<detail::Storage> read() {
    read_head();
    auto storage = std::make_shared<detail::Storage>();
    detail::SnapshotExtras extras;
    detail::for_each_column(
        *storage, extras,
        [&](std::uint32_t kind, const std::string& name, auto& column, ColumnLength length) {
          read_column(kind, name, column, length);
          if (name == "entities") count_entities(*storage, extras.counts);
        });
    if (next_ != sections_.size()) {
      reject(fmt::format("section {} is of an unknown kind or out of order",
                         static_cast<std::size_t>(next_)),
             fmt::format("第 {} 段的类型未知或次序不对", static_cast<std::size_t>(next_)));
    }
    for (const RelationKind kind : kRelationKinds) {
      auto& relation = storage->relations[static_cast<std::size_t>(kind)];
      relation.first_from = detail::rows_from(*storage, kind).first;
      relation.first_to = detail::rows_to(*storage, kind).first;
      if (relation.targets.size() > detail::GraphLimits{}.instances) {
        detail::reject_section(file_, fmt::format("{}.out.targets", relation_word(kind)),
                               "there are too many instances", "关系条数过多");
      }
    }
    check_filling(bytes_.size());
    if (verify_ == Verify::Full) {
      verify_checksums();
      detail::verify_content(*storage, file_);
    }
    storage->sources = detail::write_out(storage->source_texts, storage->strings);
    return storage;
  }

 private:
  [[noreturn]] void reject(const std::string& en, const std::string& zh) const {
    throw Error(ErrorCode::InvalidData,
                {fmt::format("{}: {}; build the graph again from its tables", file_, en),
                 fmt::format("{}：{}；请用原始表格重新建图", file_, zh)});
  }

  void read_head() {
    SnapshotHeader header;
    const std::string_view magic(header.magic.data(), header.magic.size());
    if (!bytes_.starts_with(magic)) {
      const FileKind kind = file_kind(bytes_);
      const bool told = kind != FileKind::Text && kind != FileKind::Snapshot;
      const Text what = told ? file_kind_text(kind) : Text{};
      throw Error(
          ErrorCode::InvalidData,
          {fmt::format(
               "{}: header: this is {}not a graph snapshot; give a file that `liantu build` "
               "wrote",
               file_, told ? what.en + " and " : ""),
           fmt::format("{}：文件头：{}不是关联图快照；请给出 liantu build 生成的文件", file_,
                       told ? "这是" + what.zh + "，" : "")});
    }
    if (bytes_.size() < sizeof header)
      reject("header: the file is cut short", "文件头：文件不完整");
    std::memcpy(&header, bytes_.data(), sizeof header);
    if (header.byte_order == 0x04030201) {
      reject("header: written on a machine with another byte order",
             "文件头：由字节序不同的机器写成");
    }
    if (header.byte_order != detail::kByteOrder) {
      reject("header: the byte order mark is damaged", "文件头：字节序标记已损坏");
    }
    if (header.version > detail::kSnapshotVersion) {
      throw Error(
          ErrorCode::InvalidData,
          {fmt::format("{}: header: version {} is newer than this program, which reads version {}; "
                       "use a newer program",
                       file_, header.version, detail::kSnapshotVersion),
           fmt::format("{}：文件头：版本 {} 比本程序能读的版本 {} 新；请升级程序", file_,
                       header.version, detail::kSnapshotVersion)});
    }
    if (header.file_size != bytes_.size()) {
      reject(fmt::format("header: the file has {} bytes and should have {}", bytes_.size(),
                         header.file_size),
             fmt::format("文件头：文件有 {} 字节，应为 {} 字节", bytes_.size(), header.file_size));
    }
    if (header.sections > (bytes_.size() - sizeof header) / sizeof(SnapshotSection)) {
      reject("header: the section table is cut short", "文件头：段表不完整");
    }
    const std::string_view table =
        bytes_.substr(sizeof header, header.sections * sizeof(SnapshotSection));
    const bool reserved =
        header.version == 0 || header.zero != 0 || header.reserved != SnapshotHeader{}.reserved;
    if (reserved || header.checksum != head_checksum(header, table)) {
      reject("header: header or section table is damaged", "文件头：文件头或段表已损坏");
    }
    sections_.resize(header.sections);
    if (!table.empty()) std::memcpy(sections_.data(), table.data(), table.size());
    end_ = sizeof header + table.size();
  }

  template <typename T>
  void read_column(std::uint32_t kind, const std::string& name, Column<T>& column,
                   ColumnLength length) {
    const auto fail = [&](const std::string& en, const std::string& zh) {
      detail::reject_section(file_, name, en, zh);
    };
    if (next_ < sections_.size() && sections_[next_].kind == kind) {
      const SnapshotSection& section = sections_[next_++];
      SnapshotSection named;
      name.copy(named.name.data(), named.name.size() - 1);
      if (section.name != named.name) fail("its name does not fit its kind", "名称与类型不符");
      if (section.element_size != sizeof(T)) {
        fail(fmt::format("element size {} instead of {}", section.element_size, sizeof(T)),
             fmt::format("元素大小为 {}，应为 {}", section.element_size, sizeof(T)));
      }
      if (section.offset % kSectionAlignment != 0) {
        fail(fmt::format("offset {} is not aligned", section.offset),
             fmt::format("偏移 {} 未对齐", section.offset));
      }
      if (section.offset < end_) fail("it overlaps what stands before it", "与前面的内容重叠");
      if (section.offset > bytes_.size() || section.size > bytes_.size() - section.offset) {
        fail("it reaches beyond the end of the file", "超出文件末尾");
      }
      if (section.size == 0 || section.size % sizeof(T) != 0) {
        fail(fmt::format("size {} is not a multiple of {}", section.size, sizeof(T)),
             fmt::format("大小 {} 不是 {} 的倍数", section.size, sizeof(T)));
      }
      check_filling(section.offset);
      end_ = section.offset + section.size;
      const std::string_view content = bytes_.substr(section.offset, section.size);
      column = {reinterpret_cast<const T*>(content.data()), content.size() / sizeof(T)};
    }
    using Rule = ColumnLength::Rule;
    const bool fits = length.rule == Rule::AtLeast
                          ? column.size() >= length.rows
                          : column.size() == length.rows ||
                                (length.rule == Rule::NothingOrExactly && column.empty());
    if (!fits) {
      fail(fmt::format("{} elements instead of {}", column.size(), length.rows),
           fmt::format("有 {} 个元素，应为 {} 个", column.size(), length.rows));
    }
  }

  void verify_checksums() const {
    std::vector<char> damaged(sections_.size(), 0);
    parallel_for(sections_.size(), [&](std::size_t i) {
      const SnapshotSection& section = sections_[i];
      damaged[i] = checksum(bytes_.substr(section.offset, section.size)) != section.checksum;
    });
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      if (damaged[i] == 0) continue;
      detail::reject_section(file_, sections_[i].name.data(),
                             "the checksum does not fit: the section is damaged",
                             "校验和不符，内容已损坏");
    }
  }

  // What fills a section up belongs to no checksum.
  void check_filling(std::uint64_t to) const {
    const std::string_view filling = bytes_.substr(end_, to - end_);
    if (filling.size() >= kSectionAlignment ||
        filling.find_first_not_of('\0') != std::string_view::npos) {
      reject(fmt::format("bytes {} to {} should be padding", end_, to),
             fmt::format("第 {} 至 {} 字节应为填充", end_, to));
    }
  }

  void count_entities(detail::Storage& storage, const Column<std::uint32_t>& counts) const {
    std::uint64_t sum = 0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
      sum += counts[k];
      if (sum > detail::GraphLimits{}.entities) {
        detail::reject_section(file_, "entities", "there are too many entities", "实体过多");
      }
      storage.first[k + 1] = static_cast<std::uint32_t>(sum);
    }
  }

  std::string_view bytes_;
  const std::string& file_;
  Verify verify_;
  std::vector<SnapshotSection> sections_;
  std::size_t next_ = 0;
  std::uint64_t end_ = 0;  ///< end of what has been read so far
};

EnterpriseGraph read(const FileBytes& file, const std::string& name, Verify verify) {
  // A mapping starts a page, heap memory is aligned for every fundamental type, and sections are
  // aligned within the file; a string short enough to be stored elsewhere is shorter than the
  // header.
  assert(file.bytes.size() < sizeof(SnapshotHeader) ||
         reinterpret_cast<std::uintptr_t>(file.bytes.data()) % alignof(std::uint64_t) == 0);
  std::shared_ptr<detail::Storage> storage = Reader(file.bytes, name, verify).read();
  storage->owner = file.owner;
  storage->snapshot = file.bytes;
  return GraphAccess::make(std::move(storage));
}

using Counts = std::array<std::uint32_t, kEntityKinds.size()>;

Counts count(const EnterpriseGraph& graph) {
  Counts counts{};
  for (std::size_t k = 0; k < counts.size(); ++k) counts[k] = graph.size(kEntityKinds[k]);
  return counts;
}

/// Calls `visit(kind, name, column)` for every column that becomes a section.
template <typename Visit>
void for_each_section(const EnterpriseGraph& graph, const Counts& counts, const Visit& visit) {
  const detail::SnapshotExtras extras{counts};
  detail::for_each_column(
      GraphAccess::storage(graph), extras,
      [&](std::uint32_t kind, const std::string& name, const auto& column, ColumnLength) {
        if (!column.empty()) visit(kind, name, column);
      });
}

/// A snapshot in the parts it is written in.
class SnapshotParts {
 public:
  explicit SnapshotParts(const EnterpriseGraph& graph) {
    counts_ = count(graph);
    for_each_section(graph, counts_,
                     [&](std::uint32_t kind, const std::string& name, const auto& column) {
                       add(kind, name, sizeof(column[0]), bytes_of(column));
                     });
    lay_out();
  }
  SnapshotParts(const SnapshotParts&) = delete;
  SnapshotParts& operator=(const SnapshotParts&) = delete;

  [[nodiscard]] std::span<const std::string_view> parts() const { return parts_; }
  [[nodiscard]] std::uint64_t size() const { return header_.file_size; }

 private:
  void add(std::uint32_t kind, const std::string& name, std::size_t element_size,
           std::string_view content) {
    SnapshotSection& section = sections_.emplace_back();
    section.kind = kind;
    header_.version = std::max(header_.version, detail::section_version(kind));
    section.element_size = static_cast<std::uint32_t>(element_size);
    section.size = content.size();
    section.checksum = checksum(content);
    assert(name.size() < section.name.size());
    name.copy(section.name.data(), section.name.size() - 1);
    contents_.push_back(content);
  }

  void lay_out() {
    header_.sections = static_cast<std::uint32_t>(sections_.size());
    const std::string_view table = bytes_of(Column<SnapshotSection>(sections_));
    parts_ = {bytes_of(Column<SnapshotHeader>(&header_, 1)), table};
    std::uint64_t end = sizeof header_ + table.size();
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      sections_[i].offset = fill(end);
      parts_.push_back(contents_[i]);
      end = sections_[i].offset + sections_[i].size;
    }
    header_.file_size = fill(end);
    header_.checksum = head_checksum(header_, table);
  }

  /// Fills up to where the next section may start.
  std::uint64_t fill(std::uint64_t end) {
    static constexpr std::array<char, kSectionAlignment> kZeros{};
    if (aligned(end) != end) parts_.emplace_back(kZeros.data(), aligned(end) - end);
    return aligned(end);
  }

  Counts counts_;
  SnapshotHeader header_;
  std::vector<SnapshotSection> sections_;
  std::vector<std::string_view> contents_;
  std::vector<std::string_view> parts_;
};

}  // namespace

void write_snapshot(const EnterpriseGraph& graph, const std::filesystem::path& path,
                    Overwrite overwrite, const std::stop_token& stop) {
  write_file(path, SnapshotParts(graph).parts(), overwrite, stop);
}

std::string snapshot_bytes(const EnterpriseGraph& graph) {
  const SnapshotParts snapshot(graph);
  std::string bytes;
  bytes.reserve(snapshot.size());
  for (const std::string_view part : snapshot.parts()) bytes += part;
  return bytes;
}

std::vector<SnapshotPart> snapshot_parts(const EnterpriseGraph& graph) {
  std::vector<SnapshotPart> parts = {{"header", 0, 0}};
  std::uint64_t filled = 0;
  for_each_section(graph, count(graph),
                   [&](std::uint32_t, const std::string& name, const auto& column) {
                     parts.push_back({name, column.size(), column.size_bytes()});
                     filled += aligned(column.size_bytes()) - column.size_bytes();
                   });
  // Header and table entries are as long as sections are aligned: neither is filled up.
  static_assert(sizeof(SnapshotHeader) == kSectionAlignment);
  static_assert(sizeof(SnapshotSection) == kSectionAlignment);
  parts.front().bytes = parts.size() * kSectionAlignment + filled;
  return parts;
}

EnterpriseGraph read_snapshot(const std::filesystem::path& path, Verify verify,
                              const std::stop_token& stop) {
  return read(map_file(path, stop), path_text(path), verify);
}

std::string snapshot_digest(const EnterpriseGraph& graph) {
  const std::string_view bytes = GraphAccess::storage(graph).snapshot;
  return bytes.empty() ? std::string() : digest(bytes);
}

EnterpriseGraph read_snapshot_bytes(std::span<const std::byte> bytes, const std::string& name,
                                    Verify verify) {
  auto copy = std::make_shared<const std::string>(reinterpret_cast<const char*>(bytes.data()),
                                                  bytes.size());
  const std::string_view view = *copy;
  return read({view, std::move(copy)}, name, verify);
}

}  // namespace liantu

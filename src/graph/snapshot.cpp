#include "liantu/graph/snapshot.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <xxhash.h>

#include "graph/snapshot_format.hpp"
#include "graph/verify.hpp"
#include "liantu/base/error.hpp"

namespace liantu {
namespace {

using detail::Column;
using detail::ColumnLength;
using detail::kSectionAlignment;
using detail::SnapshotHeader;
using detail::SnapshotSection;

constexpr std::uint64_t kMaxEntities = 0xFFFF'FFFE;
constexpr std::uint64_t kMaxEdges = 0xFFFF'FFFF;

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
      if (relation.targets.size() > kMaxEdges) {
        detail::reject_section(file_, fmt::format("{}.out.targets", relation_word(kind)),
                               "there are too many instances", "关系条数过多");
      }
    }
    check_filling(bytes_.size());
    if (verify_ == Verify::Full) detail::verify_content(*storage, extras, file_);
    storage->sources = detail::write_out(storage->source_texts, storage->strings);
    for (const detail::PackedConflict& c : extras.conflicts) {
      storage->conflicts.push_back({static_cast<RelationKind>(c.relation), EdgeId{c.edge},
                                    static_cast<EdgeNumber>(c.number), c.value,
                                    detail::unpack(c.provenance)});
    }
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
      throw Error(
          ErrorCode::InvalidData,
          {fmt::format("{}: header: this is no graph snapshot; give a file that `liantu "
                       "build` wrote",
                       file_),
           fmt::format("{}：文件头：不是关联图快照；请给出 liantu build 生成的文件", file_)});
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
        fail(fmt::format("size {} is no multiple of {}", section.size, sizeof(T)),
             fmt::format("大小 {} 不是 {} 的倍数", section.size, sizeof(T)));
      }
      check_filling(section.offset);
      end_ = section.offset + section.size;
      const std::string_view content = bytes_.substr(section.offset, section.size);
      if (verify_ == Verify::Full && section.checksum != checksum(content)) {
        fail("the checksum does not fit: the section is damaged", "校验和不符，内容已损坏");
      }
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

  // What fills a section up belongs to no checksum.
  void check_filling(std::uint64_t to) const {
    const std::string_view filling = bytes_.substr(end_, to - end_);
    if (filling.size() >= kSectionAlignment ||
        filling.find_first_not_of('\0') != std::string_view::npos) {
      reject(fmt::format("bytes {} to {} should be nothing but filling", end_, to),
             fmt::format("第 {} 至 {} 字节应为填充", end_, to));
    }
  }

  void count_entities(detail::Storage& storage, const Column<std::uint32_t>& counts) const {
    std::uint64_t sum = 0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
      sum += counts[k];
      if (sum > kMaxEntities) {
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

EnterpriseGraph read(std::shared_ptr<const std::string> bytes, const std::string& file,
                     Verify verify) {
  // Heap memory is aligned for every fundamental type, and sections are aligned within the file; a
  // string short enough to be stored elsewhere is shorter than the header.
  assert(bytes->size() < sizeof(SnapshotHeader) ||
         reinterpret_cast<std::uintptr_t>(bytes->data()) % alignof(std::uint64_t) == 0);
  std::shared_ptr<detail::Storage> storage = Reader(*bytes, file, verify).read();
  storage->owner = std::move(bytes);
  return GraphAccess::make(std::move(storage));
}

}  // namespace

void write_snapshot(const EnterpriseGraph& graph, const std::filesystem::path& path,
                    Overwrite overwrite) {
  write_file(path, snapshot_bytes(graph), overwrite);
}

std::string snapshot_bytes(const EnterpriseGraph& graph) {
  const detail::Storage& storage = GraphAccess::storage(graph);
  std::array<std::uint32_t, kEntityKinds.size()> counts{};
  for (std::size_t k = 0; k < counts.size(); ++k) counts[k] = storage.size(kEntityKinds[k]);
  std::vector<detail::PackedConflict> conflicts;
  for (const Conflict& c : storage.conflicts) {
    conflicts.push_back({static_cast<std::uint8_t>(c.relation), static_cast<std::uint8_t>(c.number),
                         0, static_cast<std::uint32_t>(raw(c.edge)), c.value,
                         detail::pack(c.provenance)});
  }
  const detail::SnapshotExtras extras{counts, conflicts};

  std::vector<SnapshotSection> sections;
  std::vector<std::string_view> contents;
  detail::for_each_column(
      storage, extras,
      [&](std::uint32_t kind, const std::string& name, const auto& column, ColumnLength) {
        if (column.empty()) return;
        const std::string_view content = bytes_of(column);
        SnapshotSection& section = sections.emplace_back();
        section.kind = kind;
        section.element_size = sizeof(column[0]);
        section.size = content.size();
        section.checksum = checksum(content);
        assert(name.size() < section.name.size());
        name.copy(section.name.data(), section.name.size() - 1);
        contents.push_back(content);
      });

  SnapshotHeader header;
  header.sections = static_cast<std::uint32_t>(sections.size());
  std::uint64_t end = sizeof header + sections.size() * sizeof(SnapshotSection);
  for (SnapshotSection& section : sections) {
    section.offset = aligned(end);
    end = section.offset + section.size;
  }
  header.file_size = aligned(end);
  const std::string_view table = bytes_of(Column<SnapshotSection>(sections));
  header.checksum = head_checksum(header, table);

  std::string bytes(header.file_size, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  table.copy(bytes.data() + sizeof header, table.size());
  for (std::size_t i = 0; i < sections.size(); ++i) {
    contents[i].copy(bytes.data() + sections[i].offset, contents[i].size());
  }
  return bytes;
}

EnterpriseGraph read_snapshot(const std::filesystem::path& path, Verify verify) {
  constexpr std::uint64_t kAnySize = std::numeric_limits<std::uint64_t>::max();
  return read(std::make_shared<const std::string>(read_file(path, kAnySize)), path.string(),
              verify);
}

EnterpriseGraph read_snapshot_bytes(std::span<const std::byte> bytes, const std::string& name,
                                    Verify verify) {
  return read(std::make_shared<const std::string>(reinterpret_cast<const char*>(bytes.data()),
                                                  bytes.size()),
              name, verify);
}

}  // namespace liantu

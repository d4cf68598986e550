<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi">
<context>
    <name>BundleChooser</name>
    <message>
        <location filename="../widgets/bundle_chooser.py" line="38"/>
        <source>Folder of a bundle…</source>
        <translation>Thư mục bộ từ vựng…</translation>
    </message>
    <message>
        <location filename="../widgets/bundle_chooser.py" line="45"/>
        <source>Open the folder of a bundle</source>
        <translation>Mở thư mục bộ từ vựng</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <location filename="../pages/live_page.py" line="191"/>
        <source>No picture. Choose another source above.</source>
        <translation>Không có hình. Hãy chọn nguồn khác ở phía trên.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="193"/>
        <source>Opening the source…</source>
        <translation>Đang mở nguồn…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="196"/>
        <source>Choose another source…</source>
        <translation>Chọn nguồn khác…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="200"/>
        <source>This vocabulary cannot be used.</source>
        <translation>Không dùng được bộ từ vựng này.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="201"/>
        <source>Choose another vocabulary…</source>
        <translation>Chọn bộ từ vựng khác…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="203"/>
        <source>This source cannot be used.</source>
        <translation>Không dùng được nguồn này.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="207"/>
        <source>The source stopped: %1. Trying again…</source>
        <translation>Nguồn đã dừng: %1. Đang thử lại…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="211"/>
        <source>The video has ended.</source>
        <translation>Video đã kết thúc.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="214"/>
        <source>No camera found – showing recorded motions</source>
        <translation>Không tìm thấy camera – đang chiếu các chuyển động mẫu</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="227"/>
        <source>Loading networks…</source>
        <translation>Đang tải các mạng nơ-ron…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="227"/>
        <source>No vocabulary</source>
        <translation>Chưa có bộ từ vựng</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="231"/>
        <source>Sign to the camera</source>
        <translation>Hãy ký hiệu trước camera</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="237"/>
        <source>no sign</source>
        <translation>không có ký hiệu</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="237"/>
        <source>Nobody in view</source>
        <translation>Không có ai trong hình</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="248"/>
        <source>&amp;Source</source>
        <translation>&amp;Nguồn</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="249"/>
        <source>&amp;Vocabulary</source>
        <translation>&amp;Bộ từ vựng</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="250"/>
        <location filename="../pages/live_page.py" line="259"/>
        <source>Most likely signs</source>
        <translation>Ký hiệu có khả năng nhất</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="251"/>
        <location filename="../pages/live_page.py" line="260"/>
        <source>Signs so far</source>
        <translation>Các ký hiệu đã làm</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="252"/>
        <source>Copy</source>
        <translation>Sao chép</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="253"/>
        <source>Clear</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="255"/>
        <source>Source of the picture</source>
        <translation>Nguồn hình ảnh</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="256"/>
        <source>Vocabulary to recognise</source>
        <translation>Bộ từ vựng cần nhận dạng</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="257"/>
        <source>Mirror picture</source>
        <translation>Hình trong gương</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="258"/>
        <source>Recognised sign</source>
        <translation>Ký hiệu nhận ra</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="261"/>
        <source>Traces of both wrists</source>
        <translation>Đồ thị của hai cổ tay</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="262"/>
        <source>Speed of recognition</source>
        <translation>Tốc độ nhận dạng</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <location filename="../main_window.py" line="182"/>
        <source>&amp;Picture</source>
        <translation>&amp;Hình ảnh</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="183"/>
        <source>&amp;View</source>
        <translation>&amp;Xem</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="184"/>
        <source>Si&amp;gns</source>
        <translation>&amp;Ký hiệu</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="185"/>
        <source>&amp;Help</source>
        <translation>&amp;Trợ giúp</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="186"/>
        <source>&amp;Colours</source>
        <translation>&amp;Màu sắc</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="187"/>
        <source>&amp;Language</source>
        <translation>&amp;Ngôn ngữ</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="191"/>
        <source>Open &amp;video file…</source>
        <translation>Mở tệp &amp;video…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="192"/>
        <source>Choose &amp;source…</source>
        <translation>Chọn &amp;nguồn…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="193"/>
        <source>&amp;Network camera…</source>
        <translation>Camera &amp;mạng…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="194"/>
        <source>&amp;Quit</source>
        <translation>T&amp;hoát</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="195"/>
        <source>Show &amp;skeleton</source>
        <translation>Hiện &amp;khung xương</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="196"/>
        <source>Show &amp;traces</source>
        <translation>Hiện &amp;đồ thị</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="197"/>
        <source>&amp;Full screen</source>
        <translation>&amp;Toàn màn hình</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="198"/>
        <source>I sign with my &amp;left hand</source>
        <translation>Tôi ký hiệu bằng tay &amp;trái</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="199"/>
        <source>&amp;Copy signs</source>
        <translation>&amp;Sao chép các ký hiệu</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="200"/>
        <source>C&amp;lear signs</source>
        <translation>&amp;Xóa các ký hiệu</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="201"/>
        <source>&amp;Keyboard</source>
        <translation>&amp;Bàn phím</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="202"/>
        <source>&amp;About SignMirror</source>
        <translation>&amp;Giới thiệu SignMirror</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="206"/>
        <source>Skeleton</source>
        <translation>Khung xương</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="207"/>
        <source>Traces</source>
        <translation>Đồ thị</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="208"/>
        <source>Left-handed</source>
        <translation>Thuận tay trái</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="214"/>
        <source>As the computer</source>
        <translation>Theo máy tính</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="215"/>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="216"/>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="234"/>
        <source>Keyboard</source>
        <translation>Bàn phím</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="238"/>
        <source>About SignMirror</source>
        <translation>Giới thiệu SignMirror</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="241"/>
        <source>Names the sign you make and draws what sensors on your wrists would have felt.</source>
        <translation>Cho biết ký hiệu bạn đang làm và vẽ những gì cảm biến trên cổ tay bạn lẽ ra cảm nhận được.</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="244"/>
        <source>Nothing is recorded, and no picture leaves this computer.</source>
        <translation>Không có gì được ghi lại và không hình ảnh nào rời khỏi máy tính này.</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="254"/>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>SourceChooser</name>
    <message>
        <location filename="../widgets/source_chooser.py" line="52"/>
        <source>Open a video file</source>
        <translation>Mở tệp video</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="54"/>
        <source>Videos</source>
        <translation>Video</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="60"/>
        <source>Network camera</source>
        <translation>Camera mạng</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="61"/>
        <source>Address (http:// or rtsp://):</source>
        <translation>Địa chỉ (http:// hoặc rtsp://):</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="63"/>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="64"/>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="93"/>
        <source>No camera found</source>
        <translation>Không tìm thấy camera</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="96"/>
        <source>Video file…</source>
        <translation>Tệp video…</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="97"/>
        <source>Network camera…</source>
        <translation>Camera mạng…</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="99"/>
        <source>All recorded motions</source>
        <translation>Tất cả chuyển động mẫu</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="101"/>
        <source>Recorded motion: %1</source>
        <translation>Chuyển động mẫu: %1</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <location filename="../widgets/status_strip.py" line="30"/>
        <source>Camera %1 fps</source>
        <translation>Camera %1 hình/giây</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="31"/>
        <source>Dropped %1</source>
        <translation>Bỏ qua %1</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="32"/>
        <source>Answers %1 /s</source>
        <translation>Trả lời %1 /giây</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="33"/>
        <source>Landmarks %1 ms</source>
        <translation>Điểm mốc %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="34"/>
        <source>Networks %1 ms</source>
        <translation>Mạng nơ-ron %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="35"/>
        <source>Frame to label %1 ms</source>
        <translation>Từ hình đến nhãn %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="46"/>
        <source>Longest wait of the window: %1 ms</source>
        <translation>Thời gian chờ lâu nhất của cửa sổ: %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="49"/>
        <source>What the networks run on</source>
        <translation>Thiết bị chạy mạng nơ-ron</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="53"/>
        <source>Pictures a second that come in</source>
        <translation>Số hình nhận được mỗi giây</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="54"/>
        <source>Pictures shown but not looked at, to keep up with you</source>
        <translation>Số hình có hiển thị nhưng không phân tích, để theo kịp bạn</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="55"/>
        <source>How often a second the signs are judged anew</source>
        <translation>Số lần nhận dạng lại mỗi giây</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="56"/>
        <source>Time to find body and hands in one picture</source>
        <translation>Thời gian tìm thân người và bàn tay trong một hình</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="57"/>
        <source>Time to judge the last seconds</source>
        <translation>Thời gian nhận dạng những giây vừa qua</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="58"/>
        <source>From the picture coming in to its answer</source>
        <translation>Từ lúc nhận hình đến lúc có câu trả lời</translation>
    </message>
</context>
<context>
    <name>TracePlots</name>
    <message>
        <location filename="../widgets/trace_plots.py" line="103"/>
        <source>left wrist</source>
        <translation>cổ tay trái</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="103"/>
        <source>right wrist</source>
        <translation>cổ tay phải</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="117"/>
        <source>Measured accelerometer</source>
        <translation>Số đo gia tốc kế</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="118"/>
        <source>Measured gyroscope</source>
        <translation>Số đo con quay hồi chuyển</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="120"/>
        <source>Simulated accelerometer</source>
        <translation>Mô phỏng gia tốc kế</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="120"/>
        <source>Simulated gyroscope</source>
        <translation>Mô phỏng con quay hồi chuyển</translation>
    </message>
</context>
</TS>
